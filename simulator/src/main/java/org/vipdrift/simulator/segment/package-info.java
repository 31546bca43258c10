/**
 * Segments on the event heap.
 *
 * <p>{@link org.vipdrift.simulator.segment.SimulatedSegment} puts the pure {@link
 * org.vipdrift.model.segment.LearningSwitch} into virtual time; a {@link
 * org.vipdrift.simulator.segment.SegmentPort} is a cable into it, and a {@link
 * org.vipdrift.simulator.segment.FrameReceiver} hangs at its end. The frames of a storm are not
 * delivered one by one: they take the capacity of the links.
 *
 * <p>Deliberately absent: whatever decides about a frame, which is the switch's.
 */
@NullMarked
package org.vipdrift.simulator.segment;

import org.jspecify.annotations.NullMarked;
