/**
 * Mails about changes, handed to an SMTP server (RFC 5321) over a plain socket.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.mail.Mail}: what is sent, as RFC 5322 writes it.
 *   <li>{@link org.vipdrift.netio.mail.SmtpTransaction}: one mail, one connection.
 * </ul>
 *
 * <p>Deliberately absent: TLS, authentication and a queue; keepalived has none of them, and a mail
 * server on the machine has all.
 */
@NullMarked
package org.vipdrift.netio.mail;

import org.jspecify.annotations.NullMarked;
