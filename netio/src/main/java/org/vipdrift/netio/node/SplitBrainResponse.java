package org.vipdrift.netio.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.trace.TraceDetail;

/**
 * What a node does when the split-brain alarm is raised: it tells of it in its status and its log,
 * and does what its {@link SplitBrainPolicy} asks for besides.
 */
final class SplitBrainResponse {
  private final SplitBrainPolicy policy;
  private final StatusBoard board;
  private final LiveTrace trace;
  private final Consumer<NodeGuardian.Command> node;
  private final Consumer<String> withdraw;

  /**
   * @param node the actors of the node
   * @param withdraw takes an instance, by name, out of the configuration in use
   */
  SplitBrainResponse(
      SplitBrainPolicy policy,
      StatusBoard board,
      LiveTrace trace,
      Consumer<NodeGuardian.Command> node,
      Consumer<String> withdraw) {
    this.policy = policy;
    this.board = board;
    this.trace = trace;
    this.node = node;
    this.withdraw = withdraw;
  }

  void to(SplitBrainAlarm.Report report) {
    switch (report) {
      case SplitBrainAlarm.Raised raised -> {
        board.alarmRaised(raised.instance(), raised.text());
        act(raised, log(raised.text(), raised.cause()));
      }
      case SplitBrainAlarm.Ended over -> {
        board.alarmEnded(over.instance());
        String text =
            "(%s) split-brain is over after %d.%03d s"
                .formatted(
                    over.instance(), over.lasted().toSeconds(), over.lasted().toMillisPart());
        notice("SPLIT_BRAIN_ENDED", over.instance(), Optional.empty(), log(text, over.cause()));
      }
    }
  }

  private long log(String text, long cause) {
    return trace.emit(new TraceDetail.LogLine(LogEntry.VRRP, text), cause);
  }

  private void act(SplitBrainAlarm.Raised raised, long cause) {
    notice("SPLIT_BRAIN", raised.instance(), raised.rival(), cause);
    if (policy.reannounce()) {
      node.accept(new NodeGuardian.Announce(raised.instance(), cause));
    }
    policy
        .fence()
        .ifPresent(words -> run(words, List.of(raised.instance(), text(raised.rival())), cause));
    if (policy.yieldByAddress() && isHigher(raised)) {
      withdraw.accept(raised.instance());
    }
  }

  private static String text(Optional<IpAddress> rival) {
    return rival.map(IpAddress::toString).orElse("unknown");
  }

  private void notice(String what, String instance, Optional<IpAddress> rival, long cause) {
    policy.told().ifPresent(words -> run(words, List.of(what, instance, text(rival)), cause));
  }

  private void run(List<String> words, List<String> arguments, long cause) {
    List<String> all = new ArrayList<>(words);
    all.addAll(arguments);
    node.accept(new NodeGuardian.Run(all, cause));
  }

  /** As between equal priorities, the higher address wins (RFC 9568 section 6.4.3). */
  private boolean isHigher(SplitBrainAlarm.Raised raised) {
    return raised
        .rival()
        .flatMap(rival -> board.source(raised.instance()).map(own -> rival.compareTo(own) > 0))
        .orElse(false);
  }
}
