/**
 * A machine of the cluster: its clock, kernel and disk, the daemons it runs from start to end, and
 * the check and notify scripts that are interpreted on it.
 *
 * <pre>
 *   SimulatedHost ── HostKernel, HostClock
 *     ├─ Daemon: KeepalivedDaemon (the real actors in a slot), ServerDaemon, NginxDaemon,
 *     │    HaproxyDaemon ── ControlPlane, HaproxySurroundings, AdminSocket (AdminAnswers)
 *     ├─ HostPorts: the port actors in the kernel's slot
 *     └─ ScriptExecutor ── ScriptExecution ── ShellDriver ── HostShell
 * </pre>
 *
 * <p>Faults of servers and scripts come in through {@code ServerFaults} and {@code ScriptFaults};
 * {@code SchedulingLatency} delays what a starved machine runs.
 *
 * <p>What lies around a machine it knows only as {@link org.vipdrift.simulator.host.Surroundings}.
 */
@NullMarked
package org.vipdrift.simulator.host;

import org.jspecify.annotations.NullMarked;
