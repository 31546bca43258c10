package org.vipdrift.netio.port;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpPrefix;

/**
 * What this process has done to addresses and not yet seen: {@link LinuxAddressTable} writes it
 * down, {@link LinuxInterfaces} finds the cause of what the kernel then tells.
 *
 * <p>For any thread. It holds at most two entries for each address.
 */
public final class OwnChanges {
  private record Change(String networkInterface, IpPrefix address, boolean added) {}

  private final Map<Change, Long> causes = new LinkedHashMap<>();

  /** A request to the kernel and the writing down of it, which are not to be told apart. */
  @FunctionalInterface
  interface Request<T> {
    T make();
  }

  /** Nobody asks for a cause before the request has been made and written down. */
  synchronized <T> T during(Request<T> request) {
    return request.make();
  }

  /** To be called within {@link #during}. */
  synchronized void done(String networkInterface, IpPrefix address, boolean added, long cause) {
    causes.put(new Change(networkInterface, address, added), cause);
  }

  /** The event that a change left in the trace, once; empty if somebody else made it. */
  synchronized Optional<Long> causeOf(String networkInterface, IpPrefix address, boolean added) {
    return Optional.ofNullable(causes.remove(new Change(networkInterface, address, added)));
  }
}
