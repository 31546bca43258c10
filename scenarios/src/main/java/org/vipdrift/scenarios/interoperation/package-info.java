/**
 * Do vipdrift's node and keepalived understand each other? Every protocol variant times every
 * situation is a small cluster; it is run with real keepalived on all hosts, and then with
 * vipdrift's node on the first, on the others, on all.
 *
 * <p>{@link org.vipdrift.scenarios.interoperation.Protocol} and {@link
 * org.vipdrift.scenarios.interoperation.Situation} make a {@link
 * org.vipdrift.scenarios.interoperation.MatrixCase}, which is an ordinary scenario; {@link
 * org.vipdrift.scenarios.interoperation.InteroperationMatrix} runs a part of them on whatever runs
 * scenarios, several at a time, and compares each with its all-keepalived run.
 */
@NullMarked
package org.vipdrift.scenarios.interoperation;

import org.jspecify.annotations.NullMarked;
