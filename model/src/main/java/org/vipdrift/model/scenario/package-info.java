/**
 * What is run: a {@link org.vipdrift.model.scenario.Scenario} is a cluster (segments, hosts,
 * clients), a timeline of {@link org.vipdrift.model.scenario.Action}s and the {@link
 * org.vipdrift.model.scenario.Expectation}s about it; a {@link org.vipdrift.model.scenario.Testbed}
 * runs it, and can tell its frames to a {@link org.vipdrift.model.scenario.FrameSink}.
 *
 * <p>A scenario carries the contents of its files, so that it means the same everywhere. Reading it
 * from a folder and reporting what is wrong there is the business of the files' owner; these
 * records hold only what has been found right.
 */
@NullMarked
package org.vipdrift.model.scenario;

import org.jspecify.annotations.NullMarked;
