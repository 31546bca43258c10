package org.vipdrift.netio.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.node.Account;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfiguration.CheckScript;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommand;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.ProcessSettings;
import org.vipdrift.netio.script.ScriptCheck;
import org.vipdrift.netio.script.ScriptUser;

/**
 * Takes the scripts that must not run out of a configuration, as keepalived 2.2.7 does when it has
 * read one.
 *
 * <p>A disabled {@code vrrp_script} is as if it were not configured: instances that track it are
 * neither in FAULT nor of another priority (observed). A disabled notify script is not called.
 *
 * <p>Unlike keepalived's, runs of a check script never overlap here: one that is due while another
 * goes on starts when that one has ended.
 */
final class ScriptReview {
  /**
   * What may be used.
   *
   * @param logLines for the operator, in order
   */
  record Reviewed(NodeConfiguration configuration, List<String> logLines) {
    Reviewed {
      logLines = List.copyOf(logLines);
    }
  }

  private final ScriptCheck check;
  private final ScriptUser standard;
  private final List<String> lines = new ArrayList<>();

  private ScriptReview(ScriptCheck check, ScriptUser standard) {
    this.check = check;
    this.standard = standard;
  }

  /**
   * Reviews every script of a configuration.
   *
   * @param standard whom scripts run as that name nobody themselves
   * @throws IOException when the machine's user database cannot be read
   */
  static Reviewed of(NodeConfiguration configuration, ScriptCheck check, ScriptUser standard)
      throws IOException {
    ScriptReview review = new ScriptReview(check, standard);
    NodeConfiguration usable = review.usable(configuration);
    return new Reviewed(usable, review.lines);
  }

  private NodeConfiguration usable(NodeConfiguration all) throws IOException {
    List<CheckScript> scripts = new ArrayList<>();
    List<String> disabled = new ArrayList<>();
    for (CheckScript script : all.scripts()) {
      Optional<List<String>> words = words(script);
      if (words.isPresent()) {
        scripts.add(
            new CheckScript(script.settings().withoutOverlap(), words.get(), script.account()));
      } else {
        disabled.add(script.name());
      }
    }
    List<NodeConfiguration.Instance> instances = new ArrayList<>();
    for (NodeConfiguration.Instance instance : all.instances()) {
      List<Tracked> tracked =
          instance.tracked().stream()
              .filter(t -> t.kind() != TrackedKind.SCRIPT || !disabled.contains(t.name()))
              .toList();
      instances.add(
          new NodeConfiguration.Instance(
              instance.settings(),
              tracked,
              instance.tracksOwnInterface(),
              usable(instance.notifications())));
    }
    List<NodeConfiguration.Group> groups = new ArrayList<>();
    for (NodeConfiguration.Group group : all.groups()) {
      groups.add(
          new NodeConfiguration.Group(
              group.name(), group.members(), usable(group.notifications())));
    }
    List<ProcessSettings.Fifo> fifos = new ArrayList<>();
    for (ProcessSettings.Fifo fifo : all.process().fifos()) {
      fifos.add(new ProcessSettings.Fifo(fifo.path(), fifo.account(), usable(fifo.script())));
    }
    return new NodeConfiguration(
        instances,
        scripts,
        all.files(),
        all.processes(),
        groups,
        all.director(),
        all.virtualServers(),
        all.process().withFifos(fifos));
  }

  private NotifyCommands usable(NotifyCommands all) throws IOException {
    return new NotifyCommands(
        usable(all.master()),
        usable(all.backup()),
        usable(all.fault()),
        usable(all.stop()),
        usable(all.deleted()),
        usable(all.masterReceivedLowerPriority()),
        usable(all.any()),
        all.mails(),
        all.priorityChanges());
  }

  private Optional<NotifyCommand> usable(Optional<NotifyCommand> command) throws IOException {
    if (command.isEmpty() || command.get().words().isEmpty()) {
      return command;
    }
    NotifyCommand asked = command.get();
    Optional<ScriptUser> user = user(asked.account());
    if (user.isEmpty()) {
      return Optional.empty();
    }
    return words(asked.words(), check.notifyScript(asked.words().getFirst(), user.get()))
        .map(words -> new NotifyCommand(words, asked.account()));
  }

  private Optional<List<String>> words(CheckScript script) throws IOException {
    if (script.command().isEmpty()) {
      return Optional.of(script.command());
    }
    Optional<ScriptUser> user = user(script.account());
    if (user.isEmpty()) {
      return Optional.empty();
    }
    return words(
        script.command(),
        check.trackScript(script.name(), script.command().getFirst(), user.get()));
  }

  private Optional<List<String>> words(List<String> asked, ScriptCheck.Finding finding) {
    for (String line : finding.logLines()) {
      if (!lines.contains(line)) {
        lines.add(line);
      }
    }
    return switch (finding) {
      case ScriptCheck.Usable usable -> {
        List<String> words = new ArrayList<>(asked);
        words.set(0, usable.program());
        yield Optional.of(List.copyOf(words));
      }
      case ScriptCheck.Disabled _ -> Optional.empty();
    };
  }

  private Optional<ScriptUser> user(Optional<Account> account) throws IOException {
    if (account.isEmpty()) {
      return Optional.of(standard);
    }
    return switch (ScriptUser.find(account.get())) {
      case ScriptUser.Lookup.Found(ScriptUser user) -> Optional.of(user);
      case ScriptUser.Lookup.Unknown(String line) -> {
        lines.add(line);
        yield Optional.empty();
      }
    };
  }
}
