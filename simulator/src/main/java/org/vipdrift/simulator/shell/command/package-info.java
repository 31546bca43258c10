/**
 * The programs that check and notify scripts call, one class for each family.
 *
 * <p>{@link org.vipdrift.simulator.shell.command.StandardCommands} has them all by name. Each
 * answers from the simulated host, prints what scripts look for in the real program's output, and
 * ends with the status that Debian's program would end with. An option that would change the answer
 * and is not known is reported, never ignored.
 */
@NullMarked
package org.vipdrift.simulator.shell.command;

import org.jspecify.annotations.NullMarked;
