/**
 * The command line: one class a verb, a verb appears when it works.
 *
 * <pre>
 *   verbs       Main: RunCommand, CheckCommand, ListCommand, ShowCommand, InitCommand, TraceCommand,
 *               CompareCommand, NodeCommand, StatusCommand, BenchCommand, DoctorCommand,
 *               CompletionCommand, VersionCommand
 *   what runs   Subject (what an argument names), Configurations and ProxyConfigurations (its files,
 *               read, also where the scenario has errors), ScriptProblems, ConfiguredProgram,
 *               TestbedChoice (--on, --daemon), ComparedSide
 *   a node      NodeFile (its configuration), NodeStatusJson, NodeTraceFile, NodeBenchReport
 *   output      Console, ProblemPrinter, Progress, Store, TraceFiles, Refusal, StderrLogging
 * </pre>
 *
 * <p>Results go to standard output, diagnostics and progress to standard error. {@link
 * org.vipdrift.scenarios.cli.ExitCode} says what a caller may rely on.
 */
@NullMarked
package org.vipdrift.scenarios.cli;

import org.jspecify.annotations.NullMarked;
