package org.vipdrift.simulator.tls;

import java.util.List;
import java.util.Locale;

/**
 * A certificate, by the names it is for.
 *
 * @param names host names or addresses; {@code *.example.org} is for one label in its place
 */
public record TlsCertificate(List<String> names) {
  public TlsCertificate {
    names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /** Whether it is for this name (RFC 6125 section 6.4). */
  public boolean isFor(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    return names.contains(wanted) || dot > 0 && names.contains("*" + wanted.substring(dot));
  }
}
