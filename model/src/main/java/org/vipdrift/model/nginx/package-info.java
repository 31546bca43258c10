/**
 * What an nginx is to do, resolved from its configuration file: every block carries what it
 * inherits, every upstream its addresses.
 *
 * <pre>
 *   NginxConfiguration ── WebHost (server) ── WebLocation ── RewriteStep, ProxyPass, ...
 *     ├─ Upstream ── model.balance.nginx          Template: text with variables
 *     └─ StreamServer
 * </pre>
 *
 * <p>The text is read by {@code model.config.nginx}, and run by {@code simulator.web}. Deliberately
 * absent: caches, rate limits, content codings, FastCGI and its kin, DNS at run time.
 */
@NullMarked
package org.vipdrift.model.nginx;

import org.jspecify.annotations.NullMarked;
