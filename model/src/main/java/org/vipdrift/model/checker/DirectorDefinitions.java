package org.vipdrift.model.checker;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.ipvs.Timeouts;

/**
 * What {@code global_defs} says of IPVS.
 *
 * @param flushAtStart {@code lvs_flush}
 */
public record DirectorDefinitions(
    Optional<SyncDaemon> syncDaemon,
    Optional<Timeouts> timeouts,
    boolean flushAtStart,
    FlushAtStop flushAtStop) {
  public static final DirectorDefinitions NONE =
      new DirectorDefinitions(Optional.empty(), Optional.empty(), false, FlushAtStop.NO);

  /** What is removed when keepalived stops: by default each real server, then each service. */
  public enum FlushAtStop {
    NO,
    /** The services, and with them what is in them. */
    SERVICES,
    /** Whatever is in the tables. */
    ALL
  }

  /**
   * {@code lvs_sync_daemon}.
   *
   * @param instance whose state decides which daemon runs: the master's or the backup's; none for
   *     both
   * @param syncId 0..255; that of the instance (its VRID) where none is configured
   */
  public record SyncDaemon(
      String networkInterface,
      Optional<String> instance,
      int syncId,
      IpAddress group,
      int port,
      int ttl) {
    /** 224.0.0.81. */
    public static final IpAddress GROUP = new IpAddress.V4(0xe0000051);
  }
}
