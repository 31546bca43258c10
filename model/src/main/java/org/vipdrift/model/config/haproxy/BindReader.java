package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.BindAddress;
import org.vipdrift.model.haproxy.settings.BindSettings;
import org.vipdrift.model.haproxy.settings.BindTls;
import org.vipdrift.model.haproxy.settings.CertificateSettings;
import org.vipdrift.model.haproxy.settings.StatsSocket;

/** Reads {@code bind} lines and the sockets of other sections. */
final class BindReader {
  private final Reading reading;
  private boolean failed;

  BindReader(Reading reading) {
    this.reading = reading;
  }

  /** Everything a bind line's options set. */
  private static final class Options {
    Optional<String> name = Optional.empty();
    int id;
    int maxconn;
    Optional<Integer> backlog = Optional.empty();
    boolean acceptProxy;
    boolean transparent;
    boolean deferAccept;
    boolean v6Only;
    Optional<String> networkInterface = Optional.empty();
    boolean ssl;
    boolean strictSni;
    List<String> alpn = List.of();
    BindTls.ClientVerification verification = BindTls.ClientVerification.NONE;
    Optional<Integer> permissions = Optional.empty();
    Optional<String> user = Optional.empty();
    Optional<String> group = Optional.empty();
    StatsSocket.Level level = StatsSocket.Level.OPERATOR;
    boolean caFile;
    boolean generates;
    final List<CertificateSettings> certificates = new ArrayList<>();
  }

  List<BindSettings> bind(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "an address, a port, or both");
      return List.of();
    }
    List<SocketAddress> addresses = addresses(line, 1);
    Options options = new Options();
    TlsOptions tls = options(line, 2, options);
    if (failed) {
      return List.of();
    }
    checkTls(options, line);
    Optional<BindTls> settings =
        options.ssl
            ? Optional.of(
                new BindTls(
                    options.certificates,
                    options.strictSni,
                    options.alpn,
                    tls.versions(),
                    options.verification))
            : Optional.empty();
    return addresses.stream()
        .map(
            a ->
                new BindSettings(
                    address(a),
                    a.firstPort(),
                    a.lastPort(),
                    options.name,
                    options.id,
                    options.maxconn,
                    options.backlog,
                    options.acceptProxy,
                    options.transparent,
                    options.deferAccept,
                    options.v6Only,
                    options.networkInterface,
                    settings,
                    line.span()))
        .toList();
  }

  private void checkTls(Options options, Line line) {
    if (options.ssl && options.certificates.isEmpty() && !options.strictSni && !options.generates) {
      reading.log.error(
          "missing-certificate",
          "\"ssl\" needs a certificate",
          line.span(),
          Optional.of("name one with \"crt\""));
    }
    if (!options.ssl && !options.certificates.isEmpty()) {
      reading.log.warning(
          "certificate-without-ssl",
          "a certificate is given, but TLS is not enabled on this line",
          line.span(),
          "add \"ssl\"");
    }
    if (options.ssl && !options.caFile && options.verification != BindTls.ClientVerification.NONE) {
      reading.log.error("missing-ca-file", "verifying clients needs a \"ca-file\"", line.span());
    }
  }

  List<StatsSocket> statsSocket(Line line) {
    List<SocketAddress> addresses = addresses(line, 2);
    Options options = new Options();
    options(line, 3, options);
    return failed
        ? List.of()
        : addresses.stream()
            .map(
                a ->
                    new StatsSocket(
                        address(a),
                        options.level,
                        options.permissions,
                        options.user,
                        options.group))
            .toList();
  }

  private List<SocketAddress> addresses(Line line, int index) {
    List<SocketAddress> found = new ArrayList<>();
    for (String part : line.text(index).split(",", -1)) {
      switch (SocketAddress.parse(part, new SocketAddress.Allowed(true, false, true, true))) {
        case SocketAddress.Result.Right(SocketAddress address) -> {
          if (address.kind() == SocketAddress.Kind.NAME) {
            HostNames.check(reading, address.host(), line.span(index));
          }
          if (address.hasPort() && address.firstPort() == 0) {
            fail(
                "missing-port",
                "a port from 1 to 65535 is needed in \"" + part + "\"",
                line,
                index);
          }
          found.add(address);
        }
        case SocketAddress.Result.Wrong(String code, String message) ->
            fail(code, message, line, index);
      }
    }
    return found;
  }

  private void fail(String code, String message, Line line, int index) {
    failed = true;
    reading.log.error(code, message, line.span(index));
  }

  private static BindAddress address(SocketAddress address) {
    return switch (address.kind()) {
      case UNIX -> new BindAddress.Unix(address.host(), false);
      case ABSTRACT -> new BindAddress.Unix(address.host(), true);
      case DESCRIPTOR -> new BindAddress.Descriptor(Numbers.intPrefix(address.host()));
      case IP, NAME ->
          new BindAddress.Ip(
              Addresses.literal(Addresses.whole(address.host()))
                  .orElseGet(() -> Addresses.literal("0.0.0.0").orElseThrow()));
    };
  }

  private TlsOptions options(Line line, int from, Options options) {
    TlsOptions tls = new TlsOptions(reading, reading.global.bindTls);
    int i = from;
    while (line.has(i)) {
      int taken = tls.read(line, i);
      if (taken < 0) {
        failed = true;
        return tls;
      }
      if (taken == 0) {
        taken = option(line, i, options);
      } else {
        reading.noteUnlessModelled("bind", line.text(i), line.span(i));
      }
      if (taken == 0) {
        return tls;
      }
      i += taken;
    }
    return tls;
  }

  private int option(Line line, int i, Options options) {
    String word = line.text(i);
    Optional<KeywordCatalogue.Keyword> keyword = reading.keywords.find("bind", word);
    if (keyword.isEmpty()) {
      failed = true;
      reading.unknown("bind", "bind option", line, i);
      return 0;
    }
    boolean takes = keyword.get().rule().equals("1");
    if (takes && !line.has(i + 1)) {
      fail("missing-argument", "\"" + word + "\" expects an argument", line, i);
      return 0;
    }
    reading.noteUnlessModelled("bind", word, line.span(i));
    String value = line.text(i + 1);
    Optional<String> problem = BindChecks.problem(reading, word, value);
    if (problem.isPresent()) {
      fail("bad-argument", "\"" + word + "\": " + problem.get(), line, i + 1);
      return 0;
    }
    if (word.equals("process")) {
      reading.log.warning(
          "deprecated", "\"process\" on bind lines has no effect", line.span(i), "use thread");
    }
    apply(word, value, line.span(i + 1), options);
    return takes ? 2 : 1;
  }

  private void apply(String word, String value, SourceSpan span, Options options) {
    switch (word) {
      case "name" -> options.name = Optional.of(value);
      case "id" -> options.id = Numbers.intPrefix(value);
      case "maxconn" -> options.maxconn = Numbers.intPrefix(value);
      case "backlog" -> options.backlog = Optional.of(Numbers.intPrefix(value)).filter(b -> b > 0);
      case "accept-proxy" -> options.acceptProxy = true;
      case "transparent" -> options.transparent = true;
      case "defer-accept" -> options.deferAccept = true;
      case "v6only" -> options.v6Only = true;
      case "interface" -> options.networkInterface = Optional.of(value);
      case "ssl" -> options.ssl = true;
      case "strict-sni" -> options.strictSni = true;
      case "generate-certificates" -> options.generates = true;
      case "alpn" -> options.alpn = List.of(value.split(","));
      case "ca-file" -> options.caFile = true;
      case "mode" -> options.permissions = Optional.of(Integer.parseInt(value, 8));
      case "user" -> options.user = Optional.of(value);
      case "group" -> options.group = Optional.of(value);
      case "level" -> options.level = StatsSocket.Level.valueOf(value.toUpperCase(Locale.ROOT));
      case "verify" ->
          options.verification = BindTls.ClientVerification.valueOf(value.toUpperCase(Locale.ROOT));
      case "crt", "crt-list" -> {
        Optional<List<CertificateSettings>> found =
            word.equals("crt")
                ? new Certificates(reading).load(value, span)
                : new Certificates(reading).list(value, span);
        failed |= found.isEmpty();
        found.ifPresent(options.certificates::addAll);
      }
      default -> {
        // Not modelled, which is said, or without effect here.
      }
    }
  }
}
