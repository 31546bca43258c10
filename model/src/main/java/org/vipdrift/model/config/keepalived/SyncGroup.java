package org.vipdrift.model.config.keepalived;

import java.util.List;
import org.vipdrift.model.config.SourceSpan;

/**
 * A {@code vrrp_sync_group}: instances that change state together.
 *
 * @param members names of configured instances, in the order written
 * @param trackingWeight whether members may keep weights ({@code sync_group_tracking_weight})
 */
public record SyncGroup(
    String name,
    List<String> members,
    Tracking tracking,
    NotifyScripts notifyScripts,
    boolean smtpAlert,
    boolean globalTracking,
    boolean trackingWeight,
    boolean notifyPriorityChanges,
    SourceSpan span) {
  public SyncGroup {
    members = List.copyOf(members);
  }
}
