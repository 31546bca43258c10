package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.Suggestions;

/** Ties sync groups to their instances once all are read. */
final class GroupCompletion {
  private final Map<String, InstanceDraft> instances;
  private final ProblemLog log;
  private final Map<String, String> groupOf = new LinkedHashMap<>();

  GroupCompletion(Map<String, InstanceDraft> instances, ProblemLog log) {
    this.instances = instances;
    this.log = log;
  }

  List<SyncGroup> complete(List<SyncGroup> groups) {
    List<SyncGroup> kept = new ArrayList<>();
    for (SyncGroup group : groups) {
      one(group).ifPresent(kept::add);
    }
    return kept;
  }

  private Optional<SyncGroup> one(SyncGroup group) {
    List<String> members = new ArrayList<>();
    for (String member : group.members()) {
      if (!instances.containsKey(member)) {
        log.warning(
            "member-missing",
            "sync group " + group.name() + " names instance '" + member + "', which does not exist",
            group.span(),
            Suggestions.didYouMean(member, instances.keySet()));
      } else if (groupOf.putIfAbsent(member, group.name()) != null) {
        log.warning(
            "member-twice",
            "instance " + member + " is already in a sync group; ignored in " + group.name(),
            group.span());
      } else {
        members.add(member);
      }
    }
    if (members.isEmpty()) {
      log.warning(
          "group-without-members",
          "sync group " + group.name() + " has no member; it is removed",
          group.span());
      return Optional.empty();
    }
    if (members.size() == 1) {
      log.warning(
          "group-of-one", "sync group " + group.name() + " has only one member", group.span());
    }
    members.forEach(m -> weights(group, instances.get(m)));
    return Optional.of(
        new SyncGroup(
            group.name(),
            members,
            tracking(group, members),
            group.notifyScripts(),
            group.smtpAlert(),
            group.globalTracking(),
            group.trackingWeight(),
            group.notifyPriorityChanges(),
            group.span()));
  }

  /** Members of a group cannot have weights of their own unless the group says so. */
  private void weights(SyncGroup group, InstanceDraft member) {
    for (TrackEntry entry : List.copyOf(member.tracking.of("track_interface"))) {
      if (group.tracking().interfaces().stream().anyMatch(e -> e.name().equals(entry.name()))) {
        ignored(member, entry, "is tracked by the sync group as well");
      }
    }
    if (group.trackingWeight()) {
      return;
    }
    Weights.drop(member.tracking.of("track_script"), e -> ignored(member, e, "has a weight"));
    Weights.clear(member.tracking.of("track_file"), e -> ignored(member, e, "has a weight"));
    Weights.clear(member.tracking.of("track_interface"), e -> ignored(member, e, "has a weight"));
    Weights.clear(member.tracking.of("track_process"), _ -> {});
    Weights.drop(member.tracking.of("track_bfd"), e -> ignored(member, e, "has a weight"));
  }

  private void ignored(InstanceDraft member, TrackEntry entry, String why) {
    log.warning(
        "weight-ignored-in-group",
        "(" + member.name + ") " + entry.name() + " " + why + ", which a sync group does not allow",
        entry.span());
  }

  private Tracking tracking(SyncGroup group, List<String> members) {
    boolean owner =
        members.stream()
            .map(instances::get)
            .anyMatch(d -> d.priority.orElse(d.stateMaster ? 255 : 100) == 255);
    if (!owner) {
      return group.tracking();
    }
    Tracking t = group.tracking();
    return new Tracking(
        cleared(group, t.interfaces()),
        cleared(group, t.scripts()),
        cleared(group, t.files()),
        cleared(group, t.processes()),
        cleared(group, t.bfds()));
  }

  private List<TrackEntry> cleared(SyncGroup group, List<TrackEntry> entries) {
    List<TrackEntry> all = new ArrayList<>(entries);
    Weights.clear(
        all,
        e ->
            log.warning(
                "weight-ignored",
                "("
                    + group.name()
                    + ") a member has priority 255: the weight of "
                    + e.name()
                    + " is cleared",
                e.span()));
    return all;
  }
}
