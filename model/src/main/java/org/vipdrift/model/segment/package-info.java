/**
 * A segment: a learning switch with rules on its links, as a machine without I/O, clock or threads.
 *
 * <p>{@link org.vipdrift.model.segment.LearningSwitch} takes a frame in at a port at a time and
 * names the deliveries that follow. It is put together from a {@code MacTable} (where addresses
 * are), a {@code SnoopingTable} (who wants which multicast), a {@code PortQueue} per port (what a
 * link can carry) and a {@code RuleTable} (what {@link org.vipdrift.model.segment.LinkRule}s do to
 * frames on their way). It is mutable and belongs to one caller, for speed; time and randomness are
 * handed in.
 *
 * <p>Deliberately absent: VLANs, spanning tree, MLD snooping (IPv6 multicast is flooded), and the
 * flight of a frame: whoever holds the timeline delivers it after the delay named, and checks then
 * whether the receiver's cable is still in.
 */
@NullMarked
package org.vipdrift.model.segment;

import org.jspecify.annotations.NullMarked;
