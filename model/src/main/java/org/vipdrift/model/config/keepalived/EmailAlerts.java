package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code global_defs} says of mails.
 *
 * @param recipients {@code notification_email}
 * @param sender {@code notification_email_from}
 * @param server address or name of {@code smtp_server}; without one no mail is sent
 * @param port of the server, 25 by default
 * @param heloName {@code smtp_helo_name}
 * @param connectTimeout {@code smtp_connect_timeout}, 30 s by default
 * @param alert {@code smtp_alert}, the default of everybody
 * @param alertVrrp {@code smtp_alert_vrrp}, the default of instances and groups
 * @param noFaults {@code no_email_faults}: none about FAULT
 */
public record EmailAlerts(
    List<String> recipients,
    Optional<String> sender,
    Optional<String> server,
    int port,
    Optional<String> heloName,
    Duration connectTimeout,
    Optional<Boolean> alert,
    Optional<Boolean> alertVrrp,
    boolean noFaults) {
  public EmailAlerts {
    recipients = List.copyOf(recipients);
  }
}
