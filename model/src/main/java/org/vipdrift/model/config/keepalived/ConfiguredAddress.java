package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/**
 * One line of {@code virtual_ipaddress}, {@code virtual_ipaddress_excluded} or {@code
 * static_ipaddress}.
 *
 * @param prefix the address with its prefix length, 32 or 128 where none was written
 * @param broadcast as written: an address, {@code +} or {@code -}
 * @param peer as written
 * @param options other words of the line, such as {@code home} or {@code no_track}
 */
public record ConfiguredAddress(
    IpPrefix prefix,
    Optional<String> device,
    Optional<String> label,
    Optional<String> scope,
    Optional<String> broadcast,
    Optional<String> peer,
    List<String> options,
    SourceSpan span) {
  public ConfiguredAddress {
    options = List.copyOf(options);
  }

  public IpAddress address() {
    return prefix.address();
  }
}
