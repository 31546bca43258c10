/**
 * Check and notify scripts on simulated hosts: the interpreter of {@code simulator.shell} given a
 * machine to look at and virtual time to wait in.
 */
@NullMarked
package org.vipdrift.simulator.script;

import org.jspecify.annotations.NullMarked;
