/**
 * Pekko typed shells around the machines: who talks to whom, timers, life cycles.
 *
 * <pre>
 *   NodeRuntime ── one program of one host
 *     └─ Keepalived ── the keepalived process
 *          ├─ VrrpInstance ...          one virtual router each: machine, timers, effects
 *          ├─ SyncGroupCoordinator ...  instances that share their fate
 *          ├─ ScriptTracker ...         check scripts
 *          ├─ FileTracker, ProcessTracker, InterfaceTracker
 *          ├─ VirtualServer ...         one pool of real servers behind IPVS
 *          │    └─ HealthChecker ...    checks one of them
 *          └─ NotifyScripts             runs what is to be told of changes
 *   LoadBalancer ── the control plane of one HAProxy process
 *     └─ ServerChecker ...              the health checks of one server
 * </pre>
 *
 * <p>An actor translates messages into events, calls its machine and performs the effects in order;
 * it holds no protocol rule, never blocks and never touches a socket: that is what {@code
 * actors.port} is for. Every spawn inherits the parent's dispatcher, so that an actor stays in its
 * process. Leaving is a message, never {@code PostStop}: a killed process must have no effects.
 */
@NullMarked
package org.vipdrift.actors;

import org.jspecify.annotations.NullMarked;
