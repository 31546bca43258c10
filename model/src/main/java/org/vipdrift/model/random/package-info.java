/**
 * Randomness that can be split by name.
 *
 * <p>A run has one seed; {@link org.vipdrift.model.random.SplitRandom} gives every host, link and
 * rule its own stream from it, so that taking one away does not change what the others draw.
 * Deliberately absent: any other source of randomness.
 */
@NullMarked
package org.vipdrift.model.random;

import org.jspecify.annotations.NullMarked;
