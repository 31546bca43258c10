package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Parses random and mutated configurations; arguments: how many, and the seed (1 by default).
 *
 * <p>An exception ends the run with the input that caused it. Ten million inputs take a few minutes
 * of CPU. From the root of the repository:
 *
 * <pre>{@code
 * mvn -q -pl model test-compile
 * java -XX:+UseSerialGC -cp model/target/classes:model/target/test-classes \
 *     org.vipdrift.model.config.keepalived.KeepalivedFuzz 10000000 1
 * }</pre>
 */
public final class KeepalivedFuzz {
  private KeepalivedFuzz() {}

  public static void main(String[] arguments) {
    long count = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    long refused = run(count, seed);
    System.out.println(
        count + " inputs, none threw; " + refused + " were refused (seed " + seed + ")");
  }

  /** How many of the inputs were refused. */
  static long run(long count, long seed) {
    List<MeasuredCases.Case> cases = MeasuredCases.all();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    long refused = 0;
    for (long i = 0; i < count; i++) {
      String text =
          random.nextInt(8) == 0
              ? Mutations.noise(random)
              : Mutations.mutate(cases.get(random.nextInt(cases.size())).text(), random);
      try {
        refused += KeepalivedParser.parse("fuzz.conf", text).isRefused() ? 1 : 0;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("input " + i + " of seed " + seed + ":\n" + text, e);
      }
    }
    return refused;
  }
}
