/**
 * How durations and expectations are written in scenario files: {@link
 * org.vipdrift.model.scenario.text.DurationText} both ways, {@link
 * org.vipdrift.model.scenario.text.ExpectationText} as {@link
 * org.vipdrift.model.scenario.text.FlowText}, so that whoever names an expectation names it alike.
 *
 * <p>Reading whole scenarios, with places and suggestions, is not done here.
 */
@NullMarked
package org.vipdrift.model.scenario.text;

import org.jspecify.annotations.NullMarked;
