/**
 * A machine of the cluster: its clock, kernel and disk, the daemons it runs from start to end, and
 * the check and notify scripts that are interpreted on it.
 *
 * <pre>
 *   SimulatedHost ── HostKernel, HostClock
 *     ├─ Daemon: KeepalivedDaemon (the real actors in a slot), ServerDaemon, NginxDaemon
 *     ├─ HostPorts: the port actors in the kernel's slot
 *     └─ ScriptExecutor ── ScriptExecution ── ShellDriver ── HostShell
 * </pre>
 *
 * <p>What lies around a machine it knows only as {@link org.vipdrift.simulator.host.Surroundings}.
 */
@NullMarked
package org.vipdrift.simulator.host;

import org.jspecify.annotations.NullMarked;
