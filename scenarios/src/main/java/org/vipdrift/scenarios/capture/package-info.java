/**
 * Captures: the frames of a run in the pcapng format (draft-ietf-opsawg-pcapng), which Wireshark
 * reads.
 *
 * <p>{@link org.vipdrift.scenarios.capture.CaptureFile} writes a file while a run goes on: one
 * interface per segment, stamps in nanoseconds, the names of hosts and clients beside their
 * addresses. {@link org.vipdrift.scenarios.capture.PcapngBlocks} is the format, without files.
 *
 * <p>Deliberately absent: reading captures, and one interface per host. A segment is seen as by a
 * switch that mirrors all its ports, each frame once, as its sender put it on the cable; what a
 * fault then does to a frame on its way is told by the trace.
 */
@NullMarked
package org.vipdrift.scenarios.capture;

import org.jspecify.annotations.NullMarked;
