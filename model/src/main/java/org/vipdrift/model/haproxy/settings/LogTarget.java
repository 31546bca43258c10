package org.vipdrift.model.haproxy.settings;

import java.util.Optional;

/**
 * A {@code log} line.
 *
 * @param target {@code stdout}, {@code stderr}, {@code fd@n}, {@code ring@name}, a path or an
 *     address
 * @param maxLength octets per message, 1024 by default
 * @param format the message header, such as {@code rfc3164}
 * @param facility a syslog facility
 * @param maximumLevel messages less urgent are not sent; 0 (emerg) to 7 (debug)
 * @param minimumLevel more urgent ones are sent at this level
 */
public record LogTarget(
    String target,
    int maxLength,
    Optional<String> format,
    String facility,
    int maximumLevel,
    int minimumLevel) {}
