/**
 * The testbed of real kernels: a scenario's cluster in namespaces of this machine, with real
 * daemons.
 *
 * <pre>
 *   NamespacesTestbed ── NamespacesRun ─┬─ RunningHost, Daemons ── HostedProcess (keepalived ...)
 *     (refuses, opens)    (one run)     ├─ PingUser, HttpUsers (the clients)
 *                                       ├─ RealTimeSegment on a SwitchThread ── TapDevice
 *                                       ├─ RealActions (the timeline)
 *                                       └─ FrameObserver, KeepalivedLogReader ── TraceRecorder
 * </pre>
 *
 * <p>A host is a process that reads its standard input, first of its own PID, network, mount, host
 * name and IPC namespaces. The other end of that pipe is ours: when this process ends, however it
 * ends, the kernel ends that one, with it every process of the host, and with the last of them
 * every namespace, mount and card. Nothing has a name outside that could be left behind or collide
 * with another run's.
 *
 * <p>The disk of a host is this machine's, seen through overlays that live in memory. Its cards are
 * TAP devices held by this process; the switch between them is {@link
 * org.vipdrift.model.segment.LearningSwitch}, the simulation's own.
 *
 * <p>Where a run differs from the simulation's, by nature: what is left to chance (loss, the jitter
 * of a starved processor) is drawn otherwise; daemons that are started together are ready in an
 * order of their own; and before Linux 6.8 a kernel tells of lost carriers at most once a second,
 * whichever namespace they are in (later ones tell whoever asks, see {@code TapDevice}).
 *
 * <p>Deliberately absent: clocks of a host's own, and stopping a whole machine with its kernel, as
 * a hypervisor does; there is one kernel and one clock here. Such actions are refused before the
 * start.
 */
@NullMarked
package org.vipdrift.netio.namespaces;

import org.jspecify.annotations.NullMarked;
