package org.vipdrift.model.vrrp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.vipdrift.model.frame.Octets;

/** How version 2 adverts are authenticated (RFC 2338 section 5.3.6, kept alive by keepalived). */
public sealed interface Authentication {
  None NONE = new None();
  AuthenticationHeader HEADER = new AuthenticationHeader();

  /** The auth type field: 0, 1 or 2. */
  int type();

  /** Type 0. */
  record None() implements Authentication {
    @Override
    public int type() {
      return 0;
    }
  }

  /**
   * Type 1, a clear-text password.
   *
   * @param octets exactly eight, padded with zeros
   */
  record Password(Octets octets) implements Authentication {
    public Password {
      if (octets.length() != 8) {
        throw new IllegalArgumentException("a password fills 8 octets, not " + octets.length());
      }
    }

    /** Cuts at eight octets and pads with zeros, as keepalived does. */
    public static Password of(String text) {
      return new Password(Octets.adopt(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 8)));
    }

    @Override
    public int type() {
      return 1;
    }
  }

  /** Type 2, the IPsec authentication header: named in files and packets, not computed. */
  record AuthenticationHeader() implements Authentication {
    @Override
    public int type() {
      return 2;
    }
  }
}
