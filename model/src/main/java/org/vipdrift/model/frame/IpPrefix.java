package org.vipdrift.model.frame;

import java.util.Optional;

/**
 * An address with a prefix length, as {@code ip addr} shows it.
 *
 * @param address the address, host bits included
 * @param length 0..32 for IPv4, 0..128 for IPv6
 */
public record IpPrefix(IpAddress address, int length) {
  public IpPrefix {
    if (length < 0 || length > address.family().bits()) {
      throw new IllegalArgumentException("prefix length " + length + " does not fit " + address);
    }
  }

  /** Reads {@code address/length}, or an address alone as a host prefix; empty if it is neither. */
  public static Optional<IpPrefix> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return IpAddress.parse(text).map(a -> new IpPrefix(a, a.family().bits()));
    }
    String length = text.substring(slash + 1);
    return IpAddress.parse(text.substring(0, slash))
        .filter(_ -> length.matches("0|[1-9][0-9]{0,2}"))
        .filter(a -> Integer.parseInt(length) <= a.family().bits())
        .map(a -> new IpPrefix(a, Integer.parseInt(length)));
  }

  /** Whether an address lies in this network. */
  public boolean contains(IpAddress other) {
    return switch (address) {
      case IpAddress.V4(int bits) ->
          other instanceof IpAddress.V4(int otherBits)
              && (length == 0 || (bits ^ otherBits) >>> (32 - length) == 0);
      case IpAddress.V6(long high, long low) ->
          other instanceof IpAddress.V6(long otherHigh, long otherLow)
              && (length <= 64
                  ? length == 0 || (high ^ otherHigh) >>> (64 - length) == 0
                  : high == otherHigh && (low ^ otherLow) >>> (128 - length) == 0);
    };
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
