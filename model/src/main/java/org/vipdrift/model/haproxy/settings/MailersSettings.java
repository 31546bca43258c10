package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;

/** A {@code mailers} section. */
public record MailersSettings(String name, List<Mailer> mailers, Duration timeout) {
  public record Mailer(String name, String address) {}

  public MailersSettings {
    mailers = List.copyOf(mailers);
  }
}
