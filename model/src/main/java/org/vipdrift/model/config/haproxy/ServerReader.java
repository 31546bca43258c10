package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.ServerAddress;
import org.vipdrift.model.haproxy.settings.ServerPort;

/** Reads {@code server}, {@code default-server} and {@code server-template} lines. */
final class ServerReader {
  private final Reading reading;
  private final ProxyDraft proxy;
  private boolean failed;

  ServerReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void defaults(Line line) {
    ServerDraft draft = proxy.serverDefaults.copy();
    options(line, 1, draft, true);
    if (!failed) {
      proxy.serverDefaults = draft;
    }
  }

  void server(Line line) {
    if (!line.has(1) || !line.has(2)) {
      reading.missing(line, line.size(), "a name and an address");
      return;
    }
    if (!Names.check(reading, line, 1, "server")) {
      return;
    }
    ServerDraft draft = proxy.serverDefaults.copy();
    draft.name = line.text(1);
    draft.span = line.span();
    address(line, 2, draft);
    options(line, 3, draft, false);
    add(draft, line);
  }

  /** Checks the options of a peer, which are those of a server. */
  void peerOptions(Line line) {
    options(line, 3, new ServerDraft(), false);
  }

  private void add(ServerDraft draft, Line line) {
    if (failed) {
      return;
    }
    Optional<ServerDraft> same =
        proxy.servers.stream()
            .filter(s -> s.name.equals(draft.name) && (s.id == 0 || draft.id == 0))
            .findFirst();
    if (same.isPresent()) {
      reading.log.error(
          "duplicate-server",
          "there is a server \"" + draft.name + "\" at " + same.get().span + " already",
          line.span(1));
      return;
    }
    proxy.servers.add(draft);
  }

  void template(Line line) {
    if (!line.has(3)) {
      reading.missing(line, line.size(), "a prefix, a count or range, and an address");
      return;
    }
    if (!Names.check(reading, line, 1, "server")) {
      return;
    }
    String range = line.text(2);
    int dash = range.indexOf('-');
    Optional<Integer> low =
        dash < 0 ? Optional.of(1) : Numbers.whole(range.substring(0, dash), 1, 1_000_000);
    Optional<Integer> high = Numbers.whole(range.substring(dash + 1), 1, 1_000_000);
    if (low.isEmpty() || high.isEmpty() || low.get() > high.get()) {
      reading.log.error(
          "bad-range", "wrong number of servers or range \"" + range + "\"", line.span(2));
      return;
    }
    ServerDraft draft = proxy.serverDefaults.copy();
    draft.span = line.span();
    address(line, 3, draft);
    options(line, 4, draft, false);
    for (int i = low.get(); i <= high.get() && !failed; i++) {
      add(draft.named(line.text(1) + i), line);
    }
  }

  private void address(Line line, int index, ServerDraft draft) {
    switch (SocketAddress.parse(
        line.text(index), new SocketAddress.Allowed(false, true, false, false))) {
      case SocketAddress.Result.Wrong(String code, String message) ->
          fail(code, message, line.span(index));
      case SocketAddress.Result.Right(SocketAddress address) -> {
        switch (address.kind()) {
          case IP -> draft.address = ip(address);
          case NAME -> {
            Optional<IpAddress> shortened =
                Addresses.literal(Addresses.whole(address.host()))
                    .filter(a -> !Addresses.whole(address.host()).equals(address.host()));
            draft.address =
                shortened
                    .<ServerAddress>map(ServerAddress.Ip::new)
                    .orElseGet(() -> new ServerAddress.Name(address.host()));
            draft.named = true;
            SourceSpan span = line.span(index);
            reading.afterwards(() -> resolve(draft, address.host(), span));
          }
          case UNIX, ABSTRACT, DESCRIPTOR -> draft.address = new ServerAddress.Unix(address.host());
        }
        draft.port = port(address);
      }
    }
  }

  private static ServerAddress ip(SocketAddress address) {
    String host = address.host();
    return new ServerAddress.Ip(
        Addresses.literal(host.isEmpty() || host.equals("*") ? "0.0.0.0" : host).orElseThrow());
  }

  private void resolve(ServerDraft draft, String host, SourceSpan span) {
    boolean later =
        draft.initAddress.contains("none")
            || draft.initAddress.stream().anyMatch(a -> Addresses.literal(a).isPresent());
    if (draft.resolvers.isPresent() && !later && !proxy.disabled) {
      if (reading.options.hosts().filter(h -> !h.containsKey(host)).isPresent()) {
        reading.log.warning(
            "unresolved-name",
            "the address \"" + host + "\" cannot be resolved at the start",
            span,
            "add \"init-addr none\"");
      }
      return;
    }
    if (!later && !proxy.disabled) {
      HostNames.check(reading, host, span);
    }
  }

  private static ServerPort port(SocketAddress address) {
    return switch (address.kind()) {
      case UNIX, ABSTRACT, DESCRIPTOR -> new ServerPort.Absent();
      case IP, NAME ->
          address.hasPort() && !address.mapped() && address.firstPort() != 0
              ? new ServerPort.Fixed(address.firstPort())
              : new ServerPort.Mapped(address.firstPort());
    };
  }

  private void fail(String code, String message, SourceSpan span) {
    failed = true;
    reading.log.error(code, message, span);
  }

  private void options(Line line, int from, ServerDraft draft, boolean isDefault) {
    TlsOptions tls = new TlsOptions(reading, draft.tls);
    boolean sourceBefore = false;
    int i = from;
    while (line.has(i) && !failed) {
      int taken = tls.read(line, i);
      if (taken < 0) {
        failed = true;
        return;
      }
      if (taken == 0) {
        if (line.is(i, "usesrc") && !sourceBefore) {
          fail("misplaced-word", "\"usesrc\" only follows \"source\"", line.span(i));
          return;
        }
        sourceBefore = line.is(i, "source");
        taken = option(line, i, draft, isDefault);
      }
      i += taken;
    }
    draft.tls = tls.versions();
  }

  private int option(Line line, int i, ServerDraft draft, boolean isDefault) {
    String word = line.text(i);
    Optional<KeywordCatalogue.Keyword> keyword = reading.keywords.find("server", word);
    if (keyword.isEmpty()) {
      failed = true;
      reading.unknown("server", "server option", line, i);
      return 1;
    }
    if (isDefault && word.equals("id")) {
      reading.log.warning(
          "not-in-defaults", "\"id\" is not possible for default servers", line.span(i));
      return 2;
    }
    boolean takes = keyword.get().rule().equals("1");
    if (takes && !line.has(i + 1)) {
      fail("missing-argument", "\"" + word + "\" expects an argument", line.span(i));
      return 1;
    }
    reading.noteUnlessModelled("server", word, line.span(i));
    if (word.equals("source")) {
      return source(line, i, draft);
    }
    new ServerOption(reading, proxy, draft, line, i)
        .apply()
        .ifPresent(
            problem -> fail("bad-argument", "\"" + word + "\": " + problem, line.span(i + 1)));
    return takes ? 2 : 1;
  }

  private int source(Line line, int i, ServerDraft draft) {
    SourceReader.Taken taken = new SourceReader(reading).read(line, i + 1, true);
    if (taken.address().isEmpty()) {
      failed = true;
      return 1;
    }
    draft.source = taken.address();
    return taken.words() + 1;
  }

  /** Checks that need all options, once the section is read. */
  static void check(Reading reading, ProxyDraft proxy, ServerDraft draft) {
    SourceSpan span = draft.span;
    if (draft.agentCheck && draft.agentPort == 0) {
      reading.log.error("missing-agent-port", "agent-check needs agent-port", span);
    }
    if (draft.check && draft.track.isPresent()) {
      reading.log.error(
          "check-and-track", "a server cannot be checked and track another at once", span);
    }
    boolean tls =
        draft.ssl
            || draft.checkSsl
            || Stream.concat(proxy.check.tcpSteps.stream(), proxy.check.httpSteps.stream())
                .anyMatch(s -> s instanceof CheckStep.Connect c && c.tls());
    boolean verifies = draft.explicitVerify ? draft.verify : reading.global.serverVerifyRequired;
    if (tls && verifies && !draft.caFile) {
      reading.log.error(
          "missing-ca-file",
          "verifying the server's certificate is the default, but no ca-file is given",
          span,
          Optional.of("add \"verify none\", or \"verify required ca-file FILE\""));
    }
    boolean portless =
        draft.port instanceof ServerPort.Mapped
            && draft.address instanceof ServerAddress.Ip(IpAddress ip)
            && !ip.equals(Addresses.literal("0.0.0.0").orElseThrow())
            && !ip.equals(Addresses.literal("::").orElseThrow())
            && !draft.named
            && draft.checkPort.isEmpty()
            && !connects(proxy);
    if (draft.check && portless) {
      reading.log.error(
          "missing-check-port",
          "the server \"" + draft.name + "\" has neither a port nor a check port",
          span,
          Optional.of("add the port to the address"));
    }
  }

  /** Whether the check's first step names a port. */
  private static boolean connects(ProxyDraft proxy) {
    List<CheckStep> steps =
        switch (proxy.check.kind) {
          case TCP -> proxy.check.tcpSteps;
          case HTTP -> proxy.check.httpSteps;
          default -> List.of();
        };
    return !steps.isEmpty()
        && steps.getFirst() instanceof CheckStep.Connect c
        && c.port().isPresent();
  }
}
