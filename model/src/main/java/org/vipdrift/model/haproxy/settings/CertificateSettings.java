package org.vipdrift.model.haproxy.settings;

import java.util.List;

/**
 * A certificate file and the server names it is chosen for.
 *
 * @param names in lower case; a leading {@code *.} stands for one label; a leading {@code !}
 *     excludes
 */
public record CertificateSettings(String file, List<String> names) {
  public CertificateSettings {
    names = List.copyOf(names);
  }
}
