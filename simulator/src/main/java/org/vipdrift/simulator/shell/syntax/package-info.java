/**
 * The shell language: its syntax tree and its parser.
 *
 * <p>{@link org.vipdrift.simulator.shell.syntax.ShellParser} turns text into {@link
 * org.vipdrift.simulator.shell.syntax.Command}s made of {@link
 * org.vipdrift.simulator.shell.syntax.Word}s and collects what it cannot express as {@link
 * org.vipdrift.simulator.shell.syntax.Unsupported}. Nothing here runs anything.
 */
@NullMarked
package org.vipdrift.simulator.shell.syntax;

import org.jspecify.annotations.NullMarked;
