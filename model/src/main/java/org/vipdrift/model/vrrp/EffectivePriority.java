package org.vipdrift.model.vrrp;

import static org.vipdrift.model.vrrp.VirtualRouterSettings.OWNER_PRIORITY;

import java.util.ArrayList;
import java.util.List;

/**
 * What tracked scripts, interfaces, processes and files make of a priority, as keepalived 2.2.7
 * reckons.
 *
 * @param priority 1..254, or 255 for an owner
 * @param faults the names of what takes the instance to FAULT, in the order tracked
 */
public record EffectivePriority(int priority, List<String> faults) {
  private static final int LEAST = 1;
  private static final int MOST = 254;
  private static final int LARGEST_CHANGE = 253;

  public EffectivePriority {
    faults = List.copyOf(faults);
  }

  /** Whether something tracked is well. */
  public enum Status {
    UP,
    DOWN,
    /** No result yet: counts for nothing. */
    UNKNOWN
  }

  /** Something that is tracked. */
  public sealed interface Tracked {
    /** Names it in a {@link VrrpEvent.FaultRaised}. */
    String name();

    /**
     * A script, interface, process or BFD session.
     *
     * @param weight -254..254: added while up if positive, subtracted while down if negative; 0
     *     makes being down a fault
     * @param reverse turns the direction of the change round, and for weight 0 that of the fault
     */
    record Item(String name, Status status, int weight, boolean reverse) implements Tracked {}

    /**
     * A file that holds a number.
     *
     * @param value what it holds; 0 for a missing or empty file
     * @param weight multiplies the value; 0 makes any value but 0 a fault
     * @param reverse negates the product, and for weight 0 turns the fault round
     */
    record File(String name, long value, long weight, boolean reverse) implements Tracked {}
  }

  /**
   * Sums up what is tracked.
   *
   * @param basePriority 1..255; 255 is not changed by weights
   */
  public static EffectivePriority of(int basePriority, List<? extends Tracked> tracked) {
    List<String> faults = new ArrayList<>();
    long sum = basePriority;
    for (Tracked each : tracked) {
      if (isFault(each)) {
        faults.add(each.name());
      } else {
        sum += change(each);
      }
    }
    int priority =
        basePriority == OWNER_PRIORITY
            ? OWNER_PRIORITY
            : (int) Math.max(LEAST, Math.min(MOST, sum));
    return new EffectivePriority(priority, faults);
  }

  private static boolean isFault(Tracked tracked) {
    return switch (tracked) {
      case Tracked.Item(String _, Status status, int weight, boolean reverse) ->
          weight == 0 && status == (reverse ? Status.UP : Status.DOWN);
      case Tracked.File(String _, long value, long weight, boolean reverse) ->
          weight == 0 ? value != 0 != reverse : product(value, weight, reverse) < -LARGEST_CHANGE;
    };
  }

  private static long change(Tracked tracked) {
    return switch (tracked) {
      case Tracked.Item(String _, Status status, int weight, boolean reverse) -> {
        boolean counts =
            switch (status) {
              case UP -> weight > 0;
              case DOWN -> weight < 0;
              case UNKNOWN -> false;
            };
        yield counts ? (reverse ? -weight : weight) : 0;
      }
      case Tracked.File(String _, long value, long weight, boolean reverse) ->
          Math.min(product(value, weight, reverse), LARGEST_CHANGE);
    };
  }

  private static long product(long value, long weight, boolean reverse) {
    long limit = Integer.MAX_VALUE;
    long product =
        Math.max(-limit, Math.min(limit, value)) * Math.max(-limit, Math.min(limit, weight));
    return reverse ? -product : product;
  }
}
