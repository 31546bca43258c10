/**
 * TLS as a network sees it: well-formed records of a TLS 1.3 handshake (RFC 8446) and of what
 * follows, with the round trip and the computing time that they cost.
 *
 * <p>{@link org.vipdrift.simulator.kernel.tls.TlsConnection} lies around a TCP connection and is
 * one itself, so that a program speaks through either alike. The client says which name it wants
 * and hears which names the certificate has; whether they fit is the program's to judge.
 *
 * <p>Deliberately absent: secrecy. What real records encrypt is only disguised here, and the
 * certificate is nothing but its names. Nor are there older versions, resumption, early data or
 * client certificates.
 */
@NullMarked
package org.vipdrift.simulator.kernel.tls;

import org.jspecify.annotations.NullMarked;
