package org.vipdrift.model.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.Statement;
import org.vipdrift.model.config.keepalived.TrackEntry;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.config.keepalived.VrrpScript;

/** What one host's configuration says that its author hardly meant. */
final class HostAudit {
  private static final List<String> STOPPING = List.of("kill", "stop");

  private final KeepalivedConfiguration configuration;
  private final Findings findings;

  private HostAudit(KeepalivedConfiguration configuration, Findings findings) {
    this.configuration = configuration;
    this.findings = findings;
  }

  static void check(KeepalivedConfiguration configuration, Findings findings) {
    HostAudit audit = new HostAudit(configuration, findings);
    configuration.instances().forEach(audit::strict);
    audit.untracked();
    configuration.scripts().forEach(audit::timing);
    configuration.instances().forEach(audit::detection);
    configuration.scripts().forEach(audit::stopsKeepalived);
  }

  /** Where a keyword of {@code global_defs} was last written. */
  static Optional<SourceSpan> global(KeepalivedConfiguration configuration, String keyword) {
    return configuration.statements().stream()
        .filter(s -> s.keyword().equals("global_defs"))
        .flatMap(s -> s.block().stream())
        .filter(s -> s.keyword().equals(keyword))
        .reduce((_, last) -> last)
        .map(Statement::span);
  }

  private void add(
      Severity severity, String code, String message, SourceSpan span, Optional<String> advice) {
    findings.add(severity, code, message, List.of(span), advice);
  }

  private void strict(VrrpInstanceBlock instance) {
    String name = "(" + instance.name() + ") ";
    SourceSpan strict =
        instance.spans().containsKey("strict_mode")
            ? instance.spanOf("strict_mode")
            : global(configuration, "vrrp_strict").orElse(instance.span());
    if (instance.strict() && !instance.accept() && !instance.owner()) {
      add(
          Severity.WARNING,
          "strict-vip-unreachable",
          name
              + "in strict mode a MASTER below priority 255 drops every packet to the virtual"
              + " addresses: they cannot be pinged and no service on them answers",
          strict,
          Optional.of("remove vrrp_strict, or write 'version 3' and 'accept' in the instance"));
    } else if (!instance.accept() && !instance.owner()) {
      add(
          Severity.WARNING,
          "vip-unreachable",
          name
              + "no_accept drops every packet to the virtual addresses: they cannot be pinged and"
              + " no service on them answers",
          instance.spanOf("no_accept"),
          Optional.empty());
    }
    if (instance.strict() && instance.unicast().enabled()) {
      add(
          Severity.NOTE,
          "strict-with-unicast",
          name
              + "the standard that strict mode promises knows no unicast; keepalived 2.2.7 sends to"
              + " the peers all the same",
          instance.spanOf("unicast_peer"),
          Optional.empty());
    }
  }

  private void untracked() {
    Set<String> tracked = new TreeSet<>();
    for (Statement block : configuration.statements()) {
      for (Statement inner : block.block()) {
        if (inner.keyword().startsWith("track_")) {
          inner.block().forEach(line -> tracked.add(inner.keyword() + " " + line.keyword()));
        }
      }
    }
    configuration
        .scripts()
        .forEach(s -> untracked(tracked, "track_script", "vrrp_script", s.name(), s.span()));
    configuration
        .trackProcesses()
        .forEach(
            p -> untracked(tracked, "track_process", "vrrp_track_process", p.name(), p.span()));
  }

  private void untracked(
      Set<String> tracked, String block, String keyword, String name, SourceSpan span) {
    if (!tracked.contains(block + " " + name)) {
      add(
          Severity.WARNING,
          "check-not-tracked",
          keyword + " " + name + " is tracked by no instance: it never runs",
          span,
          Optional.of("name it in a " + block + " block of the instance"));
    }
  }

  private void timing(VrrpScript script) {
    Duration untilFall = script.interval().multipliedBy(script.fall());
    if (script.timeout().compareTo(untilFall) > 0) {
      add(
          Severity.NOTE,
          "script-timeout-long",
          "vrrp_script "
              + script.name()
              + " may hang for "
              + Findings.seconds(script.timeout())
              + " per run before that counts as a failure; a script that answers is found failing"
              + " within "
              + Findings.seconds(untilFall),
          script.span(),
          Optional.empty());
    }
  }

  /** Compares how long a check takes to notice with how long the peer takes to. */
  private void detection(VrrpInstanceBlock instance) {
    Duration down = instance.advertInterval().multipliedBy(instance.downTimerAdverts());
    for (TrackEntry entry : instance.tracking().scripts()) {
      Optional<VrrpScript> script = configuration.script(entry.name());
      Duration noticed = script.map(s -> s.interval().multipliedBy(s.fall())).orElse(Duration.ZERO);
      if (noticed.compareTo(down) > 0) {
        add(
            Severity.NOTE,
            "slow-detection",
            "("
                + instance.name()
                + ") script "
                + entry.name()
                + " needs up to "
                + Findings.seconds(noticed)
                + " (interval times fall) to report a failure; a silent host is replaced after"
                + " about "
                + Findings.seconds(down),
            entry.span(),
            Optional.empty());
      }
    }
  }

  private void stopsKeepalived(VrrpScript script) {
    String text = script.command().text();
    boolean stops = text.contains("keepalived") && STOPPING.stream().anyMatch(text::contains);
    if (stops) {
      add(
          Severity.NOTE,
          "script-stops-keepalived",
          "vrrp_script "
              + script.name()
              + " stops keepalived itself, and nothing starts it again; a failing script with"
              + " weight 0 already releases the addresses and takes part again when the check is"
              + " well",
          script.command().span(),
          Optional.of("let the script only exit with 1"));
    }
  }
}
