package org.vipdrift.model.haproxy.settings;

/** A version of SSL or TLS, oldest first. */
public enum TlsVersion {
  SSLV3,
  TLSV1_0,
  TLSV1_1,
  TLSV1_2,
  TLSV1_3
}
