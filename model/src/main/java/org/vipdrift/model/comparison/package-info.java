/**
 * Two runs of one scenario side by side: did the addresses go the same way, at the same times?
 *
 * <p>{@link org.vipdrift.model.comparison.Course} folds a run's events into what happened to the
 * virtual addresses and what was done to the cluster; {@link
 * org.vipdrift.model.comparison.CourseComparison} aligns two of them. Where the runs come from does
 * not matter: a simulation and real daemons, two sorts of daemons, two seeds.
 *
 * <p>Deliberately absent: states, adverts and logs. What counts is who has which address.
 */
@NullMarked
package org.vipdrift.model.comparison;

import org.jspecify.annotations.NullMarked;
