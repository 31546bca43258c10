/**
 * TLS 1.3 (RFC 8446) on simulated connections, as far as the two ends and the wire between them can
 * tell: a handshake of one round trip, the server's work for it, the server name, the choice of a
 * certificate, the protocol that both speak, close_notify.
 *
 * <pre>
 *   TlsClient, TlsServer: the two ends ── TlsSession: a connection on top of a connection
 *   TlsRecords (cutting the stream), ClientHello, ServerFlight (messages), TlsCertificate, TlsWork
 * </pre>
 *
 * <p>Records and both hellos are those of the standard. Deliberately absent: secrets. What would be
 * encrypted is readable, and a checksum of sixteen zeros stands for the tag.
 *
 * <p>Departs from real programs: there is no session resumption, and no client certificate.
 */
@NullMarked
package org.vipdrift.simulator.tls;

import org.jspecify.annotations.NullMarked;
