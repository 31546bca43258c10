/**
 * nginx 1.22.1 and plain web servers on simulated sockets: plain objects that bytes run through,
 * without actors.
 *
 * <pre>
 *   WebServer (a declared page, service time, faults) ─┐
 *   NginxServer (sockets, reload) ── NginxWorker ──────┴─ HttpServer ── HttpServerConnection
 *     ├─ WebRequest (phases) ── RewriteModule, LocationFinder, RequestVariables, Answering
 *     │    └─ ContentFiles, ContentProxy ── ProxiedRequest ── UpstreamGroup, UpstreamLink
 *     └─ StreamSession (layer 4)
 *   WebAnswer, StaticAnswer, StatusPages: what nginx writes, octet for octet
 * </pre>
 *
 * <p>One worker process is modelled, and whole messages: an answer is passed on when all of it has
 * come. Deliberately absent: UDP, caches, rate limits, compression.
 *
 * <p>A frozen process does nothing here because its kernel tells it nothing and its timers wait.
 */
@NullMarked
package org.vipdrift.simulator.web;

import org.jspecify.annotations.NullMarked;
