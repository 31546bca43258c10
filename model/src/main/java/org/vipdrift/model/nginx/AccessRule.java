package org.vipdrift.model.nginx;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/**
 * {@code allow} or {@code deny}; the first that matches decides.
 *
 * @param network empty for {@code all}
 */
public record AccessRule(boolean allows, Optional<IpPrefix> network) {
  public boolean matches(IpAddress client) {
    return network.isEmpty()
        || network.get().address().family() == client.family()
            && client
                .mask(network.get().length())
                .equals(network.get().address().mask(network.get().length()));
  }
}
