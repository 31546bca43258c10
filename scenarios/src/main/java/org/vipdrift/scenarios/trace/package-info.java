/**
 * Trace files: one JSON object per line, first a {@link org.vipdrift.scenarios.trace.TraceHeader},
 * then one event each.
 *
 * <p>{@link org.vipdrift.scenarios.trace.TraceFormat} is the only place that knows the names of the
 * fields, for writing and for reading. {@link org.vipdrift.scenarios.trace.TraceFileSink} writes a
 * file while a run goes on, {@link org.vipdrift.scenarios.trace.TraceReader} reads one, {@link
 * org.vipdrift.scenarios.trace.TraceDiff} finds where two part.
 */
@NullMarked
package org.vipdrift.scenarios.trace;

import org.jspecify.annotations.NullMarked;
