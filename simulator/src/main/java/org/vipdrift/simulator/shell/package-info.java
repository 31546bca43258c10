/**
 * A small deterministic shell that runs the check and notify scripts of a simulated machine.
 *
 * <p>{@link org.vipdrift.simulator.shell.ShellProgram} is a parsed script, {@link
 * org.vipdrift.simulator.shell.ShellRun} one execution of it. A run never blocks and owns no
 * thread: it is resumed, works until it needs virtual time or the network, and hands back a {@link
 * org.vipdrift.simulator.shell.ShellStep}. {@link org.vipdrift.simulator.shell.ShellHost} is the
 * machine it runs on. Inside, a computation is a {@code Task}, a value that the trampoline {@code
 * TaskMachine} advances on an explicit stack: {@code Interpreter} makes tasks of commands, with
 * {@code Loops} and {@code Branches}, {@code CommandRunner} of simple ones, {@code Programs} of
 * what has a process of its own. The language's tree and parser are in {@code syntax}, the programs
 * a script may call in {@code command}.
 *
 * <p>Deliberately absent: job control, process substitution, coprocesses, globbing of file names,
 * and anything that would touch the real machine. The stages of a pipeline run one after the other,
 * each with the whole output of the one before.
 */
@NullMarked
package org.vipdrift.simulator.shell;

import org.jspecify.annotations.NullMarked;
