/**
 * nginx 1.22.1 and plain web servers on simulated sockets: plain objects that bytes run through,
 * without actors.
 *
 * <pre>
 *   HttpServer ── HttpServerConnection ── HttpExchange       ProcessTimers
 *     └─ its handler: WebServer (pages, service time, faults)
 *   WebAnswer, StaticAnswer, StatusPages: what nginx writes, octet for octet
 * </pre>
 *
 * <p>A frozen process does nothing here because its kernel tells it nothing and its timers wait.
 */
@NullMarked
package org.vipdrift.simulator.web;

import org.jspecify.annotations.NullMarked;
