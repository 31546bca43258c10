package org.vipdrift.model.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.checker.DirectorDefinitions;
import org.vipdrift.model.checker.VirtualServerSettings;
import org.vipdrift.model.tracking.ScriptSettings;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/**
 * One keepalived process, everything resolved that its configuration says.
 *
 * @param instances in configured order; so is all the rest
 */
public record NodeConfiguration(
    List<Instance> instances,
    List<CheckScript> scripts,
    List<WatchedFile> files,
    List<WatchedProcess> processes,
    List<Group> groups,
    DirectorDefinitions director,
    List<VirtualServerSettings> virtualServers,
    ProcessSettings process) {
  public NodeConfiguration {
    instances = List.copyOf(instances);
    scripts = List.copyOf(scripts);
    files = List.copyOf(files);
    processes = List.copyOf(processes);
    groups = List.copyOf(groups);
    virtualServers = List.copyOf(virtualServers);
  }

  /** Without virtual servers. */
  public NodeConfiguration(
      List<Instance> instances,
      List<CheckScript> scripts,
      List<WatchedFile> files,
      List<WatchedProcess> processes,
      List<Group> groups) {
    this(instances, scripts, files, processes, groups, DirectorDefinitions.NONE, List.of());
  }

  /** Without settings of the process. */
  public NodeConfiguration(
      List<Instance> instances,
      List<CheckScript> scripts,
      List<WatchedFile> files,
      List<WatchedProcess> processes,
      List<Group> groups,
      DirectorDefinitions director,
      List<VirtualServerSettings> virtualServers) {
    this(
        instances,
        scripts,
        files,
        processes,
        groups,
        director,
        virtualServers,
        ProcessSettings.DEFAULT);
  }

  /**
   * A VRRP instance.
   *
   * @param tracked what its priority and health depend on; those of its sync group included
   * @param tracksOwnInterface false with {@code dont_track_primary}
   */
  public record Instance(
      VirtualRouterSettings settings,
      List<Tracked> tracked,
      boolean tracksOwnInterface,
      NotifyCommands notifications) {
    public Instance {
      tracked = List.copyOf(tracked);
    }

    public String name() {
      return settings.instance();
    }
  }

  /** Sorts of things an instance tracks. */
  public enum TrackedKind {
    SCRIPT,
    INTERFACE,
    FILE,
    PROCESS
  }

  /**
   * Something an instance tracks.
   *
   * @param name of the script, interface, file or process entry
   * @param weight -253..253 (files: -254..254, a factor); 0 makes its failure a fault
   * @param reverse turns its meaning round
   */
  public record Tracked(TrackedKind kind, String name, int weight, boolean reverse) {}

  /**
   * A check script.
   *
   * @param command the words, the first of them the program
   * @param account whom it runs as; empty for that of the process
   */
  public record CheckScript(
      ScriptSettings settings, List<String> command, Optional<Account> account) {
    public CheckScript {
      command = List.copyOf(command);
    }

    /** One that runs as the process wants. */
    public CheckScript(ScriptSettings settings, List<String> command) {
      this(settings, command, Optional.empty());
    }

    public String name() {
      return settings.name();
    }
  }

  /** A file with a number in it. */
  public record WatchedFile(String name, String path) {}

  /**
   * A program that must run.
   *
   * @param arguments when given, only processes with exactly these count
   * @param quorum at least so many must run
   * @param quorumMaximum at most so many may run
   * @param riseDelay before it counts as up
   * @param fallDelay before it counts as down
   */
  public record WatchedProcess(
      String name,
      String program,
      Optional<List<String>> arguments,
      int quorum,
      int quorumMaximum,
      Duration riseDelay,
      Duration fallDelay) {}

  /** A sync group: instances that share their fate. */
  public record Group(String name, List<String> members, NotifyCommands notifications) {
    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * A notify script.
   *
   * @param words the first of them the program
   * @param account whom it runs as; empty for that of the process
   */
  public record NotifyCommand(List<String> words, Optional<Account> account) {
    public NotifyCommand {
      words = List.copyOf(words);
    }

    /** One that runs as the process wants. */
    public NotifyCommand(List<String> words) {
      this(words, Optional.empty());
    }
  }

  /**
   * The notify scripts of an instance or a group.
   *
   * @param any {@code notify}: called on every change, with type, name, state and priority
   * @param mails {@code smtp_alert}: changes are told by mail too
   * @param priorityChanges {@code notify_priority_changes}: so are changes of the priority, to
   *     pipes
   */
  public record NotifyCommands(
      Optional<NotifyCommand> master,
      Optional<NotifyCommand> backup,
      Optional<NotifyCommand> fault,
      Optional<NotifyCommand> stop,
      Optional<NotifyCommand> deleted,
      Optional<NotifyCommand> masterReceivedLowerPriority,
      Optional<NotifyCommand> any,
      boolean mails,
      boolean priorityChanges) {
    /** Scripts only. */
    public NotifyCommands(
        Optional<NotifyCommand> master,
        Optional<NotifyCommand> backup,
        Optional<NotifyCommand> fault,
        Optional<NotifyCommand> stop,
        Optional<NotifyCommand> deleted,
        Optional<NotifyCommand> masterReceivedLowerPriority,
        Optional<NotifyCommand> any) {
      this(master, backup, fault, stop, deleted, masterReceivedLowerPriority, any, false, false);
    }

    public static final NotifyCommands NONE =
        new NotifyCommands(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }
}
