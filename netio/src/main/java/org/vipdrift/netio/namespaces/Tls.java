package org.vipdrift.netio.namespaces;

import com.sun.net.httpserver.HttpsConfigurator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.vipdrift.model.frame.IpAddress;

/**
 * TLS of clients and of declared servers. As in the simulation a certificate is worth the names it
 * is for, whoever signed it: those of a scenario sign themselves.
 */
final class Tls {
  private static final String KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";

  private Tls() {}

  /** Takes every certificate; whether it is for the right name is looked at besides. */
  private static final class AnySigner implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
      // No client shows one.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
      // Whoever signed it.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  static SSLContext ofClients() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnySigner()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Shakes hands over a connection.
   *
   * @param host the name that is asked for
   * @param anyName whether a certificate for another name will do
   * @param timeoutMillis for each answer of the server
   * @throws javax.net.ssl.SSLException when the handshake fails or the certificate will not do
   */
  static SSLSocket shakeHands(
      SSLContext context, Socket connection, String host, boolean anyName, int timeoutMillis)
      throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(connection, host, connection.getPort(), true);
    SSLParameters wanted = tls.getSSLParameters();
    if (IpAddress.parse(host).isEmpty()) {
      wanted.setServerNames(List.of(new SNIHostName(host)));
    }
    if (!anyName) {
      wanted.setEndpointIdentificationAlgorithm("HTTPS");
    }
    tls.setSSLParameters(wanted);
    tls.setSoTimeout(timeoutMillis);
    tls.startHandshake();
    return tls;
  }

  /**
   * A server's side, with a fresh certificate.
   *
   * @param names what it is for; at least one
   * @throws IOException when {@code openssl} makes none
   */
  static HttpsConfigurator ofServer(List<String> names) throws IOException {
    String made = makeCertificate(names);
    try {
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(block(made, KEY)));
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block(made, CERTIFICATE)));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, new char[0], new Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new HttpsConfigurator(context);
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificate for " + names, e);
    }
  }

  /** A private key and a certificate that it signed itself, in PEM. */
  private static String makeCertificate(List<String> names) throws IOException {
    String alternatives =
        names.stream()
            .map(name -> (IpAddress.parse(name).isPresent() ? "IP:" : "DNS:") + name)
            .collect(Collectors.joining(","));
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-batch",
                "-x509",
                "-nodes",
                "-days",
                "2",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-keyout",
                "-",
                "-out",
                "-",
                "-subj",
                "/CN=vipdrift",
                "-addext",
                "subjectAltName=" + alternatives)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    openssl.getOutputStream().close();
    return new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static byte[] block(String pem, String kind) throws IOException {
    String begin = "-----BEGIN " + kind + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END " + kind);
    if (from < 0 || to < from) {
      throw new IOException("openssl made no " + kind.toLowerCase(java.util.Locale.ROOT));
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }
}
