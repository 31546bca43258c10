package org.vipdrift.simulator.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vipdrift.simulator.kernel.socket.SocketOwner;

/**
 * Which incarnations of processes live.
 *
 * <p>What asks for something may name a part of a process, as {@code keepalived#1/VI_1}: up to the
 * slash is its owner.
 */
final class ProcessOwners {
  private final Map<String, ProcessOwner> owners = new LinkedHashMap<>();
  private final Map<String, ProcessOwner> parts = new LinkedHashMap<>();

  /**
   * @throws IllegalStateException when it is open
   */
  void open(String who, SocketOwner sockets) {
    if (who.indexOf('/') >= 0) {
      throw new IllegalArgumentException(who + " is a part of a process");
    }
    ProcessOwner owner = new ProcessOwner(who, sockets);
    if (owners.putIfAbsent(who, owner) != null) {
      throw new IllegalStateException(who + " is open already");
    }
    parts.put(who, owner);
  }

  boolean close(String who) {
    ProcessOwner owner = owners.remove(who);
    if (owner == null) {
      return false;
    }
    parts.values().removeIf(candidate -> candidate == owner);
    return true;
  }

  void clear() {
    owners.clear();
    parts.clear();
  }

  boolean isOpen(String who) {
    return find(who) != null;
  }

  /** The living owner of what calls itself so. */
  @Nullable ProcessOwner find(String who) {
    ProcessOwner owner = parts.get(who);
    if (owner == null) {
      int slash = who.indexOf('/');
      owner = slash < 0 ? null : owners.get(who.substring(0, slash));
      if (owner != null) {
        parts.put(who, owner);
      }
    }
    return owner;
  }

  /** Whether {@code who} is this owner or a part of it. */
  static boolean belongs(String who, String owner) {
    return who.startsWith(owner)
        && (who.length() == owner.length() || who.charAt(owner.length()) == '/');
  }
}
