/**
 * The command line: one class a verb, a verb appears when it works.
 *
 * <p>Results go to standard output, diagnostics and progress to standard error. {@link
 * org.vipdrift.scenarios.cli.ExitCode} says what a caller may rely on.
 */
@NullMarked
package org.vipdrift.scenarios.cli;

import org.jspecify.annotations.NullMarked;
