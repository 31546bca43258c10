package org.vipdrift.model.checker;

import java.util.ArrayList;
import java.util.List;

/**
 * The pool of a virtual server between two events.
 *
 * @param members in configured order
 * @param sorryServes whether the sorry server has taken over
 */
public record PoolState(List<Member> members, boolean hasQuorum, boolean sorryServes) {
  public PoolState {
    members = List.copyOf(members);
  }

  /**
   * A real server.
   *
   * @param checks what each checker says
   * @param weight that counts now
   * @param inTable whether IPVS has it
   */
  public record Member(
      RealServerSettings settings,
      List<Boolean> checks,
      int weight,
      boolean alive,
      boolean inTable) {
    public Member {
      checks = List.copyOf(checks);
    }

    static Member initial(RealServerSettings settings) {
      List<Boolean> checks = settings.checkers().stream().map(c -> !c.startsDown()).toList();
      return new Member(
          settings, checks, settings.destination().weight(), !checks.contains(false), false);
    }

    Member withCheck(int checker, boolean up) {
      List<Boolean> next = new ArrayList<>(checks);
      next.set(checker, up);
      return new Member(settings, next, weight, alive, inTable);
    }

    Member withAlive(boolean next) {
      return new Member(settings, checks, weight, next, inTable);
    }

    Member withWeight(int next) {
      return new Member(settings, checks, next, alive, inTable);
    }

    Member withInTable(boolean next) {
      return new Member(settings, checks, weight, alive, next);
    }
  }

  /** As keepalived begins: up is what is not {@code alpha}. */
  public static PoolState initial(VirtualServerSettings settings) {
    return new PoolState(
        settings.realServers().stream().map(Member::initial).toList(), false, false);
  }

  /** The total weight of those that live. */
  public long weight() {
    long sum = 0;
    for (Member member : members) {
      sum += member.alive() ? member.weight() : 0;
    }
    return sum;
  }
}
