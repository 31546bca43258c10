/**
 * What a person or a machine reads after a run; made of nothing but scenario, events and verdict.
 *
 * <p>{@link org.vipdrift.scenarios.report.Chronicle} folds the events into one line per change,
 * without storing them. {@link org.vipdrift.scenarios.report.TextReport} is for the terminal, with
 * the {@link org.vipdrift.scenarios.report.SwimLane} of holders; {@link
 * org.vipdrift.scenarios.report.JsonReport} and {@link org.vipdrift.scenarios.report.JUnitReport}
 * are for programs, {@link org.vipdrift.scenarios.report.MermaidReport} is for documents.
 *
 * <p>Deliberately absent: judging, and reading or writing files.
 */
@NullMarked
package org.vipdrift.scenarios.report;

import org.jspecify.annotations.NullMarked;
