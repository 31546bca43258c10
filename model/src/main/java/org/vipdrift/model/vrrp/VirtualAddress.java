package org.vipdrift.model.vrrp;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/**
 * An address that moves with the virtual router.
 *
 * @param prefix the address and the prefix length it is installed with
 * @param interfaceName where it is installed; empty for the interface of the instance
 * @param attributes what else is installed with it
 */
public record VirtualAddress(
    IpPrefix prefix, Optional<String> interfaceName, AddressAttributes attributes) {
  /** Without attributes. */
  public VirtualAddress(IpPrefix prefix, Optional<String> interfaceName) {
    this(prefix, interfaceName, AddressAttributes.NONE);
  }

  public static VirtualAddress of(IpPrefix prefix) {
    return new VirtualAddress(prefix, Optional.empty());
  }

  /**
   * @param text {@code address} or {@code address/length}
   * @throws IllegalArgumentException if it is neither
   */
  public static VirtualAddress of(String text) {
    return of(
        IpPrefix.parse(text)
            .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text)));
  }

  public IpAddress address() {
    return prefix.address();
  }
}
