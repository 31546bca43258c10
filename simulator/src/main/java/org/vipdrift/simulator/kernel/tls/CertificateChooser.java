package org.vipdrift.simulator.kernel.tls;

import java.util.List;
import java.util.Optional;

/** Which certificate a server shows. */
@FunctionalInterface
public interface CertificateChooser {
  /**
   * @param serverName what the client asked for (SNI)
   * @return the names in the certificate, the subject's first; none refuses the handshake
   */
  List<String> choose(Optional<String> serverName);
}
