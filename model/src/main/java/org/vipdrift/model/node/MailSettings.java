package org.vipdrift.model.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where alerts go by mail.
 *
 * @param recipients none for no mail at all
 * @param sender {@code notification_email_from}; empty for the process's user at the host
 *     (keepalived 2.2.7, whatever its manual says)
 * @param server name or address; empty for no mail at all
 * @param port 1..65535
 * @param heloName empty for the host's name
 * @param connectTimeout how long the server may take to accept
 * @param faults false with {@code no_email_faults}
 */
public record MailSettings(
    List<String> recipients,
    Optional<String> sender,
    Optional<String> server,
    int port,
    Optional<String> heloName,
    Duration connectTimeout,
    boolean faults) {
  public static final MailSettings NONE =
      new MailSettings(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          25,
          Optional.empty(),
          Duration.ofSeconds(30),
          true);

  public MailSettings {
    recipients = List.copyOf(recipients);
  }

  /** Whether there is somebody to write to and a server that takes it. */
  public boolean isComplete() {
    return server.isPresent() && !recipients.isEmpty();
  }
}
