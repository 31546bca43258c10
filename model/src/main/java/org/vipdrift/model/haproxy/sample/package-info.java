/**
 * What rules, conditions and logs of HAProxy look at in a session, compiled once and evaluated for
 * each request.
 *
 * <p>{@link org.vipdrift.model.haproxy.sample.SampleCompiler} makes a {@link
 * org.vipdrift.model.haproxy.sample.CompiledSample} of a fetch and its converters, {@link
 * org.vipdrift.model.haproxy.sample.CompiledCondition} asks whether an {@code if} or {@code unless}
 * holds, {@link org.vipdrift.model.haproxy.sample.CompiledFormat} prints a log format. All of them
 * read a {@link org.vipdrift.model.haproxy.sample.SampleContext}.
 *
 * <p>Deliberately absent: fetches of layers that are not simulated (HTTP/2 frames, certificates'
 * contents); {@link org.vipdrift.model.haproxy.sample.Fetches#knows} tells which are there.
 */
@NullMarked
package org.vipdrift.model.haproxy.sample;

import org.jspecify.annotations.NullMarked;
