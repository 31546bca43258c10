/**
 * What a run leaves behind: one event per change, in every testbed the same vocabulary.
 *
 * <p>A {@link org.vipdrift.model.trace.TraceEvent} is the envelope (id, cause, time, host), a
 * {@link org.vipdrift.model.trace.TraceDetail} says what happened. The JSON form lives with the
 * files, not here; so does nothing that judges.
 */
@NullMarked
package org.vipdrift.model.trace;

import org.jspecify.annotations.NullMarked;
