package org.vipdrift.model.config.haproxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.CertificateSettings;

/** Reads certificate files: whether they are complete, and for which names they are chosen. */
final class Certificates {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final int DNS_NAME = 2;

  private final Reading reading;

  Certificates(Reading reading) {
    this.reading = reading;
  }

  private String path(String value) {
    return value.startsWith("/") || reading.global.crtBase.isEmpty()
        ? value
        : reading.global.crtBase.get() + "/" + value;
  }

  /** A file, or all files of a folder; empty if something is wrong, which is reported. */
  Optional<List<CertificateSettings>> load(String value, SourceSpan span) {
    String path = path(value);
    Optional<String> text = reading.files.read(path);
    if (text.isPresent()) {
      return one(path, text.get(), span).map(List::of);
    }
    List<CertificateSettings> found = new ArrayList<>();
    for (String file : reading.files.glob(path + "/*", reading.mainFile)) {
      boolean extra =
          file.endsWith(".key")
              || file.endsWith(".issuer")
              || file.endsWith(".ocsp")
              || file.endsWith(".sctl");
      Optional<String> content = extra ? Optional.empty() : reading.files.read(file);
      if (content.isPresent()) {
        Optional<CertificateSettings> certificate = one(file, content.get(), span);
        if (certificate.isEmpty()) {
          return Optional.empty();
        }
        found.add(certificate.get());
      }
    }
    if (found.isEmpty()) {
      reading.log.error("unreadable-file", "cannot read the certificate " + path, span);
      return Optional.empty();
    }
    return Optional.of(found);
  }

  /** The certificates of a crt-list; a filter after a file replaces the file's own names. */
  Optional<List<CertificateSettings>> list(String path, SourceSpan span) {
    Optional<String> text = reading.files.read(path);
    if (text.isEmpty()) {
      reading.log.error("unreadable-file", "cannot read the list " + path, span);
      return Optional.empty();
    }
    List<CertificateSettings> found = new ArrayList<>();
    for (String raw : text.get().split("\n")) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int open = line.indexOf('[');
      int close = line.indexOf(']');
      if (open >= 0 != close > open) {
        reading.log.error("bad-crt-list", "a bracket is missing in " + path + ": " + line, span);
        return Optional.empty();
      }
      String rest = open < 0 ? line : line.substring(0, open) + line.substring(close + 1);
      String[] words = rest.strip().split("\\s+");
      Optional<List<CertificateSettings>> certificates = load(words[0], span);
      if (certificates.isEmpty()) {
        return Optional.empty();
      }
      List<String> filters = Stream.of(words).skip(1).map(w -> w.toLowerCase(Locale.ROOT)).toList();
      for (CertificateSettings certificate : certificates.get()) {
        found.add(
            filters.isEmpty() ? certificate : new CertificateSettings(certificate.file(), filters));
      }
    }
    return Optional.of(found);
  }

  private Optional<CertificateSettings> one(String path, String text, SourceSpan span) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END, Math.max(0, begin));
    if (begin < 0 || end < 0) {
      reading.log.error("bad-certificate", "there is no certificate in " + path, span);
      return Optional.empty();
    }
    Optional<String> key =
        hasKey(text)
            ? Optional.of(text)
            : reading
                .files
                .read(path + ".key")
                .or(() -> reading.files.read(path.replaceFirst("\\.crt$", ".key")))
                .filter(Certificates::hasKey);
    if (key.isEmpty()) {
      reading.log.error(
          "missing-private-key",
          "there is no private key in " + path,
          span,
          Optional.of("put the key into the same file, or beside it as " + path + ".key"));
      return Optional.empty();
    }
    try {
      java.security.cert.Certificate certificate =
          java.security.cert.CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new java.io.ByteArrayInputStream(
                      text.substring(begin, end + END.length())
                          .getBytes(StandardCharsets.US_ASCII)));
      return certificate instanceof java.security.cert.X509Certificate x509
          ? Optional.of(new CertificateSettings(path, names(x509)))
          : Optional.empty();
    } catch (java.security.cert.CertificateException e) {
      reading.log.error("bad-certificate", "the certificate in " + path + " cannot be read", span);
      return Optional.empty();
    }
  }

  private static boolean hasKey(String text) {
    return text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----");
  }

  /** The names of the subject: the alternative ones, and the common name. */
  private static List<String> names(java.security.cert.X509Certificate certificate)
      throws java.security.cert.CertificateException {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    java.util.Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> alternative : alternatives) {
        if (alternative.get(0).equals(DNS_NAME)) {
          names.add(alternative.get(1).toString().toLowerCase(Locale.ROOT));
        }
      }
    }
    java.util.regex.Matcher common =
        Pattern.compile("(?:^|,)CN=((?:\\\\.|[^,\\\\])*)")
            .matcher(certificate.getSubjectX500Principal().getName());
    while (common.find()) {
      names.add(common.group(1).replace("\\", "").toLowerCase(Locale.ROOT));
    }
    return List.copyOf(names);
  }
}
