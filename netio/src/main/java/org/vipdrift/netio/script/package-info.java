/**
 * Running check and notify scripts for real.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.script.ScriptUser}: whom a script runs as.
 *   <li>{@link org.vipdrift.netio.script.ScriptCheck}: whether a script may run at all; asked once,
 *       when the configuration is read.
 *   <li>{@link org.vipdrift.netio.script.ScriptLauncher}: starts a program as a process group of
 *       its own; {@link org.vipdrift.netio.script.ProcessGroup}: signals all of such a group.
 * </ul>
 *
 * <p>Words are handed to the program as they are. No shell is used unless the first word names one:
 * a file that is neither a binary nor begins with {@code #!} is not run (keepalived 2.2.7 does not
 * run it either, but counts it as a success).
 *
 * <p>Deliberately absent: native code. A new process group needs {@code setsid}, another user
 * {@code setpriv}, both of util-linux, a named pipe {@code mkfifo}; users come from {@code
 * /etc/passwd} and {@code /etc/group}.
 */
@NullMarked
package org.vipdrift.netio.script;

import org.jspecify.annotations.NullMarked;
