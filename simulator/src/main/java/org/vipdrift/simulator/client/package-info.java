/**
 * The clients of a scenario: machines that ping or send HTTP requests, and note who answers.
 *
 * <pre>
 *   SimulatedClient: PingClient
 *                    HttpClient ── HttpUser ── HttpConnection ── HttpFetch (a request under way)
 *   Holders (whose machine has the address), Pages (whose page it is)
 * </pre>
 *
 * <p>HTTP clients behave as curl does: HTTP/1.1 without {@code Connection}, a connection closed
 * after one answer or, with keep-alive, put by; a request on a connection that was put by and turns
 * out to be dead before an octet of the answer came is sent once more on a fresh one; redirections
 * are not followed, and an answer of 3xx is a success. A client is never frozen, paused or switched
 * off.
 */
@NullMarked
package org.vipdrift.simulator.client;

import org.jspecify.annotations.NullMarked;
