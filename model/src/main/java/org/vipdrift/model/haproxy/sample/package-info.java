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
 * <pre>
 *   values     Sample, Variables; Fetches take them from a session, Converters change them
 *   messages   EditableRequest, EditableResponse, EditableHeaders: what rules may change
 *   beyond     LiveFigures: what the rest of the process knows
 *   users      Credentials (http_auth), ShaCrypt (the hashes $5$ and $6$ of crypt(3))
 * </pre>
 *
 * <p>Deliberately absent: other hashes of passwords, which match nothing; fetches of layers that
 * are not simulated (HTTP/2 frames, certificates' contents); {@link
 * org.vipdrift.model.haproxy.sample.Fetches#knows} tells which are there.
 */
@NullMarked
package org.vipdrift.model.haproxy.sample;

import org.jspecify.annotations.NullMarked;
