package org.vipdrift.simulator.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.BindTls;
import org.vipdrift.model.haproxy.settings.CertificateSettings;
import org.vipdrift.simulator.kernel.tls.CertificateChooser;

/** Chooses among the certificates of a {@code bind} line by the name a client asks for. */
record Certificates(BindTls settings) implements CertificateChooser {
  @Override
  public List<String> choose(Optional<String> serverName) {
    if (serverName.isPresent()) {
      String name = serverName.get().toLowerCase(Locale.ROOT);
      Optional<CertificateSettings> found =
          find(name).or(() -> find("*" + name.substring(Math.max(0, name.indexOf('.')))));
      if (found.isPresent()) {
        return names(found.get());
      }
    }
    return settings.strictSni() || settings.certificates().isEmpty()
        ? List.of()
        : names(settings.certificates().getFirst());
  }

  private Optional<CertificateSettings> find(String name) {
    for (CertificateSettings each : settings.certificates()) {
      if (each.names().contains(name) && !each.names().contains("!" + name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static List<String> names(CertificateSettings certificate) {
    return certificate.names().isEmpty() ? List.of(certificate.file()) : certificate.names();
  }
}
