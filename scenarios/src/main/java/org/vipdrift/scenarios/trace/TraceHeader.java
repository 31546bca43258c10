package org.vipdrift.scenarios.trace;

/**
 * The first line of a trace file.
 *
 * @param schema the version of the format, now {@link #SCHEMA}
 * @param version of the program that wrote it
 * @param testbed what the scenario ran on: {@code sim} or {@code netns}
 */
public record TraceHeader(int schema, String scenario, long seed, String version, String testbed) {
  public static final int SCHEMA = 1;

  public TraceHeader(String scenario, long seed, String version, String testbed) {
    this(SCHEMA, scenario, seed, version, testbed);
  }
}
