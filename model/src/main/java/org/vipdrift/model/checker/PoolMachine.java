package org.vipdrift.model.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.checker.PoolState.Member;
import org.vipdrift.model.ipvs.Destination;

/**
 * Decides what the IPVS table holds for a virtual server, as keepalived 2.2.7 does.
 *
 * <pre>
 *                total weight of the living >= quorum + hysteresis
 *   no quorum  ----------------------------------------------------->  quorum
 *   (sorry server, if there is one, alone)                    (the living real servers)
 *              <-----------------------------------------------------
 *                total weight < quorum - hysteresis, or 0
 * </pre>
 *
 * Without a sorry server the living stay in the table, quorum or not. A real server lives while all
 * its checkers say so.
 */
public final class PoolMachine {
  private PoolMachine() {}

  /** The machine's next state and what is to be done, in this order. */
  public record Transition(PoolState next, List<PoolEffect> effects) {
    public Transition {
      effects = List.copyOf(effects);
    }
  }

  public static Transition on(VirtualServerSettings settings, PoolState state, PoolEvent event) {
    Turn turn = new Turn(settings, state);
    switch (event) {
      case PoolEvent.Started _ -> turn.start();
      case PoolEvent.CheckerReported(int server, int checker, boolean up, String reason) ->
          turn.checked(server, checker, up, reason);
      case PoolEvent.WeightSet(int server, int weight) -> turn.weigh(server, weight);
      case PoolEvent.Stopped _ -> turn.stop();
    }
    return turn.end();
  }

  /** Another configuration of the same services: what stays keeps its state and its connections. */
  public static Transition reconfigure(
      VirtualServerSettings before, PoolState state, VirtualServerSettings after) {
    Turn turn = new Turn(after, state);
    turn.reconfigure(before);
    return turn.end();
  }

  /** One step of the machine: the state as it changes, and the effects so far. */
  private static final class Turn {
    private final VirtualServerSettings settings;
    private final List<Member> members;
    private final List<PoolEffect> effects = new ArrayList<>();
    private boolean hasQuorum;
    private boolean sorryServes;

    Turn(VirtualServerSettings settings, PoolState state) {
      this.settings = settings;
      this.members = new ArrayList<>(state.members());
      this.hasQuorum = state.hasQuorum();
      this.sorryServes = state.sorryServes();
    }

    Transition end() {
      return new Transition(new PoolState(members, hasQuorum, sorryServes), effects);
    }

    void start() {
      effects.add(new PoolEffect.AddServices());
      hasQuorum = weight() >= settings.quorum() + settings.hysteresis();
      for (int i = 0; i < members.size(); i++) {
        Member member = members.get(i);
        if (member.alive() || member.settings().inhibitsOnFailure()) {
          enter(i);
        }
      }
      if (!hasQuorum && settings.sorryServer().isPresent()) {
        bringSorryServer(settings.sorryServer().get());
      }
    }

    void checked(int server, int checker, boolean up, String reason) {
      Member member = members.get(server).withCheck(checker, up);
      members.set(server, member);
      boolean alive = !member.checks().contains(false);
      if (alive == member.alive()) {
        return;
      }
      RealServerSettings real = member.settings();
      String doing = up ? "Add" : "Remov";
      if (real.inhibitsOnFailure()) {
        doing = up ? "Enabl" : "Disabl";
      }
      log(doing + "ing service " + real.name() + (up ? " to VS " : " from VS ") + settings.name());
      members.set(server, member.withAlive(alive));
      if (!sorryServes) {
        if (alive) {
          enter(server);
        } else {
          leave(server);
        }
      }
      effects.add(new PoolEffect.ReportServer(real, alive, reason));
      (alive ? real.notifyUp() : real.notifyDown()).ifPresent(this::run);
      quorum();
    }

    void weigh(int server, int weight) {
      Member member = members.get(server);
      if (member.weight() == weight) {
        return;
      }
      log(
          "Changing weight from "
              + member.weight()
              + " to "
              + weight
              + " for "
              + (member.alive() ? "active" : "inactive")
              + " service "
              + member.settings().name()
              + " of VS "
              + settings.name());
      members.set(server, member.withWeight(weight));
      if (member.alive() && member.inTable()) {
        effects.add(new PoolEffect.PutDestination(destination(members.get(server))));
      }
      quorum();
    }

    void stop() {
      for (int i = members.size() - 1; i >= 0; i--) {
        Member member = members.get(i);
        if (settings.stopsInOrder() && member.alive()) {
          member.settings().notifyDown().ifPresent(this::run);
        }
        if (member.inTable()) {
          effects.add(new PoolEffect.RemoveDestination(member.settings().destination().key()));
        }
        members.set(i, member.withInTable(false));
      }
      if (settings.stopsInOrder() && hasQuorum) {
        settings.quorumDown().ifPresent(this::run);
      }
      if (sorryServes) {
        settings
            .sorryServer()
            .ifPresent(s -> effects.add(new PoolEffect.RemoveDestination(s.destination().key())));
      }
      effects.add(new PoolEffect.RemoveServices());
    }

    void reconfigure(VirtualServerSettings before) {
      List<Member> known = new ArrayList<>(members);
      members.clear();
      effects.add(new PoolEffect.EditServices());
      for (RealServerSettings next : settings.realServers()) {
        Optional<Member> same =
            known.stream()
                .filter(m -> m.settings().destination().key().equals(next.destination().key()))
                .findFirst();
        same.ifPresent(known::remove);
        members.add(same.map(m -> carried(m, next)).orElseGet(() -> Member.initial(next)));
      }
      for (Member gone : known) {
        if (gone.inTable()) {
          effects.add(new PoolEffect.RemoveDestination(gone.settings().destination().key()));
        }
      }
      replaceSorryServer(before);
      for (int i = 0; i < members.size(); i++) {
        Member member = members.get(i);
        boolean belongs = !sorryServes && (member.alive() || member.settings().inhibitsOnFailure());
        if (belongs) {
          enter(i);
        } else if (member.inTable()) {
          leave(i);
        }
      }
      quorum();
    }

    private static Member carried(Member old, RealServerSettings next) {
      List<Boolean> checks = new ArrayList<>();
      for (CheckerSettings checker : next.checkers()) {
        int index = old.settings().checkers().indexOf(checker);
        checks.add(index < 0 || old.checks().get(index));
      }
      boolean sameWeight = old.settings().destination().weight() == next.destination().weight();
      int weight = sameWeight ? old.weight() : next.destination().weight();
      return new Member(next, checks, weight, !checks.contains(false), old.inTable());
    }

    private void replaceSorryServer(VirtualServerSettings before) {
      if (!sorryServes || before.sorryServer().equals(settings.sorryServer())) {
        return;
      }
      before
          .sorryServer()
          .ifPresent(s -> effects.add(new PoolEffect.RemoveDestination(s.destination().key())));
      sorryServes = settings.sorryServer().isPresent();
      settings
          .sorryServer()
          .ifPresent(s -> effects.add(new PoolEffect.PutDestination(s.destination())));
    }

    private long weight() {
      return new PoolState(members, hasQuorum, sorryServes).weight();
    }

    private void quorum() {
      long weight = weight();
      long up = settings.quorum() + settings.hysteresis();
      long down = settings.quorum() - settings.hysteresis();
      if (!hasQuorum && weight >= up && weight > 0) {
        hasQuorum = true;
        log(
            String.format(
                java.util.Locale.ROOT,
                "Gained quorum %d+%d=%d <= %d for VS %s",
                settings.quorum(),
                settings.hysteresis(),
                up,
                weight,
                settings.name()));
        if (sorryServes) {
          settings.sorryServer().ifPresent(this::sendSorryServerHome);
        }
        settings.quorumUp().ifPresent(this::run);
      } else if (hasQuorum && (weight == 0 || weight < down)) {
        hasQuorum = false;
        log(
            String.format(
                java.util.Locale.ROOT,
                "Lost quorum %d-%d=%d > %d for VS %s",
                settings.quorum(),
                settings.hysteresis(),
                down,
                weight,
                settings.name()));
        settings.quorumDown().ifPresent(this::run);
        settings.sorryServer().ifPresent(this::bringSorryServer);
      }
    }

    private void bringSorryServer(SorryServerSettings sorry) {
      log(
          (sorry.inhibits() ? "Enabling" : "Adding")
              + " sorry server "
              + sorry.name()
              + " to VS "
              + settings.name());
      effects.add(new PoolEffect.PutDestination(sorry.destination()));
      sorryServes = true;
      log("Removing alive servers from the pool for VS " + settings.name());
      for (int i = 0; i < members.size(); i++) {
        if (members.get(i).alive()) {
          leave(i);
        }
      }
    }

    private void sendSorryServerHome(SorryServerSettings sorry) {
      log(
          (sorry.inhibits() ? "Disabling" : "Removing")
              + " sorry server "
              + sorry.name()
              + " from VS "
              + settings.name());
      effects.add(
          sorry.inhibits()
              ? new PoolEffect.PutDestination(weighing(sorry.destination(), 0))
              : new PoolEffect.RemoveDestination(sorry.destination().key()));
      sorryServes = false;
      log("Adding alive servers to the pool for VS " + settings.name());
      for (int i = 0; i < members.size(); i++) {
        if (members.get(i).alive()) {
          enter(i);
        }
      }
    }

    /** Into the table, or up to its weight there. */
    private void enter(int index) {
      Member member = members.get(index);
      effects.add(new PoolEffect.PutDestination(destination(member)));
      members.set(index, member.withInTable(true));
    }

    /** Out of the table, or down to weight 0 there. */
    private void leave(int index) {
      Member member = members.get(index);
      if (!member.inTable()) {
        return;
      }
      if (member.settings().inhibitsOnFailure()) {
        effects.add(new PoolEffect.PutDestination(weighing(member.settings().destination(), 0)));
        return;
      }
      effects.add(new PoolEffect.RemoveDestination(member.settings().destination().key()));
      members.set(index, member.withInTable(false));
    }

    private static Destination destination(Member member) {
      return weighing(member.settings().destination(), member.alive() ? member.weight() : 0);
    }

    private static Destination weighing(Destination destination, int weight) {
      return new Destination(
          destination.address(),
          destination.port(),
          destination.method(),
          weight,
          destination.upperThreshold(),
          destination.lowerThreshold());
    }

    private void run(List<String> words) {
      effects.add(new PoolEffect.RunScript(words));
    }

    private void log(String line) {
      effects.add(new PoolEffect.Log(line));
    }
  }
}
