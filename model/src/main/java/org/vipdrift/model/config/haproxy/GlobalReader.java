package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.SharedAction;
import org.vipdrift.model.haproxy.settings.TlsVersions;

/** Reads the {@code global} section. */
final class GlobalReader {
  private final Reading reading;
  private final GlobalDraft draft;
  private final GlobalRules rules;
  private final Set<String> identities = new TreeSet<>();

  GlobalReader(Reading reading) {
    this.reading = reading;
    this.draft = reading.global;
    this.rules = new GlobalRules(reading);
  }

  private static final List<String> NEGATABLE =
      List.of(
          "busy-polling",
          "set-dumpable",
          "strict-limits",
          "insecure-fork-wanted",
          "numa-cpu-mapping",
          "log");

  void line(Line original) {
    Line line = original;
    boolean negated = line.is(0, "no") || line.is(0, "default");
    if (negated) {
      if (!NEGATABLE.contains(line.text(1)) || line.is(0, "default")) {
        reading.log.error(
            "not-negatable",
            "\""
                + line.text(0)
                + "\" is possible only for options, "
                + String.join(", ", NEGATABLE),
            line.span());
        return;
      }
      line = line.from(1);
    }
    Optional<KeywordCatalogue.Keyword> keyword = reading.keywords.find("global", line.text(0));
    if (keyword.isEmpty()) {
      reading.unknown("global", "keyword in the global section", line, 0);
      return;
    }
    if (line.is(0, "maxconn") && draft.maxconn.isPresent()) {
      reading.log.warning(
          "repeated", "\"maxconn\" was set before; the first one counts", line.span());
      return;
    }
    if (!rules.holds(line, keyword.get().rule())) {
      return;
    }
    reading.noteUnlessModelled("global", line.text(0), line.span(0));
    if (!negated || line.is(0, "log")) {
      apply(line, negated);
    }
  }

  private void apply(Line line, boolean negated) {
    String value = line.text(1);
    switch (line.text(0)) {
      case "maxconn" -> maxconn(line);
      case "maxconnrate" -> draft.maxConnectionRate = Numbers.intPrefix(value);
      case "maxsessrate" -> draft.maxSessionRate = Numbers.intPrefix(value);
      case "daemon" -> draft.daemon = true;
      case "user" -> draft.user = account(line, reading.options.users());
      case "group" -> draft.group = account(line, reading.options.groups());
      case "uid", "gid" -> identity(line);
      case "chroot" -> draft.chroot = Optional.of(value);
      case "pidfile" -> draft.pidFile = Optional.of(value);
      case "nbthread" -> draft.threads = Optional.of(Numbers.intPrefix(value));
      case "description" -> draft.description = Optional.of(line.joined(1));
      case "log-tag" -> draft.logTag = Optional.of(value);
      case "log-send-hostname" -> draft.logSendHostname = Optional.of(value);
      case "spread-checks" -> draft.spreadChecks = Numbers.intPrefix(value);
      case "max-spread-checks" ->
          draft.maxSpreadChecks = reading.time(line, 1, "max-spread-checks");
      case "hard-stop-after" -> draft.hardStopAfter = reading.time(line, 1, "hard-stop-after");
      case "grace" -> draft.grace = reading.time(line, 1, "grace");
      case "tune.bufsize" -> draft.bufferSize = Numbers.intPrefix(value);
      case "tune.maxrewrite" -> draft.maxRewrite = Numbers.intPrefix(value);
      case "tune.http.maxhdr" -> draft.maxHttpHeaders = Numbers.intPrefix(value);
      case "external-check" -> draft.externalCheck = true;
      case "insecure-fork-wanted" -> draft.insecureForkWanted = true;
      case "ssl-server-verify" -> draft.serverVerifyRequired = value.equals("required");
      case "ca-base" -> draft.caBase = once(line, draft.caBase);
      case "crt-base" -> draft.crtBase = once(line, draft.crtBase);
      case "localpeer" -> draft.localPeer = Optional.of(value);
      case "expose-experimental-directives" -> draft.experimental = true;
      case "zero-warning" -> draft.zeroWarning = true;
      case "server-state-file" -> serverState(line);
      case "log" -> log(line, negated);
      case "stats" -> stats(line);
      case "node" -> node(line);
      case "master-worker" -> masterWorker(line);
      case "setenv", "presetenv", "unsetenv", "resetenv" -> environment(line);
      case "set-var" -> setVariable(line);
      case "set-var-fmt" -> setVariableFormat(line);
      case "ssl-default-bind-options" -> draft.bindTls = tls(line, draft.bindTls, "bind");
      case "ssl-default-server-options" -> draft.serverTls = tls(line, draft.serverTls, "server");
      default -> GlobalOddities.check(reading, line);
    }
  }

  private void maxconn(Line line) {
    int value = Numbers.intPrefix(line.text(1));
    draft.maxconn = value > 0 ? Optional.of(value) : Optional.empty();
  }

  private void serverState(Line line) {
    draft.serverStateFile = Optional.of(line.text(1));
    if (reading.files.read(line.text(1)).isEmpty()) {
      reading.log.warning(
          "unreadable-file",
          "cannot read the server state file " + line.text(1),
          line.span(1),
          "it is written by the one who reloads HAProxy");
    }
  }

  private Optional<String> account(Line line, Optional<List<String>> known) {
    String name = line.text(1);
    if (name.isEmpty() || known.isPresent() && !known.get().contains(name)) {
      reading.log.error(
          "unknown-account",
          "there is no " + line.text(0) + " \"" + name + "\" here",
          line.span(1),
          Suggestions.didYouMean(name, known.orElse(List.of())));
      return Optional.empty();
    }
    return reading.atMost(line, 1) ? Optional.of(name) : Optional.empty();
  }

  private void identity(Line line) {
    if (!identities.add(line.text(0))) {
      reading.log.warning(
          "repeated", "\"" + line.text(0) + "\" was set before; the first one counts", line.span());
      return;
    }
    if (!line.text(1).matches("[+-]?[0-9]+")) {
      reading.log.warning(
          "not-a-number",
          "\"" + line.text(1) + "\" is not a number",
          line.span(1),
          line.is(0, "uid") ? "name a user with \"user\"" : "name a group with \"group\"");
    }
  }

  private Optional<String> once(Line line, Optional<String> before) {
    if (before.isPresent()) {
      reading.log.error("repeated", "\"" + line.text(0) + "\" was set before", line.span());
      return before;
    }
    return Optional.of(line.text(1));
  }

  private void log(Line line, boolean negated) {
    if (negated) {
      draft.logTargets.clear();
      return;
    }
    if (line.is(1, "global")) {
      reading.log.error(
          "bad-log", "\"log global\" has no meaning in the global section", line.span());
      return;
    }
    new LogReader(reading).target(line).ifPresent(draft.logTargets::add);
  }

  private void stats(Line line) {
    switch (line.text(1)) {
      case "socket" -> {
        if (!line.has(2)) {
          reading.missing(line, 2, "an address or a path after \"socket\"");
        } else {
          draft.statsSockets.addAll(new BindReader(reading).statsSocket(line));
        }
      }
      case "timeout" -> {
        if (line.has(2)) {
          reading.time(line, 2, "stats timeout").ifPresent(t -> draft.statsTimeout = t);
        } else {
          reading.missing(line, 2, "a time after \"timeout\"");
        }
      }
      case "maxconn" -> {
        if (Numbers.prefix(line.text(2)) <= 0) {
          reading.log.error(
              "bad-number", "\"stats maxconn\" expects a positive value", line.span(2));
        }
      }
      case "bind-process" -> {
        // Accepted without effect.
      }
      default ->
          reading.log.error(
              "unknown-keyword",
              "\"stats\" knows socket, maxconn, bind-process and timeout here",
              line.span(1),
              Suggestions.didYouMean(line.text(1), List.of("socket", "maxconn", "timeout")));
    }
  }

  private void node(Line line) {
    if (!line.text(1).matches("[0-9A-Za-z._-]+")) {
      reading.log.error(
          "bad-name", "\"node\" takes letters, digits, dots, dashes and underscores", line.span(1));
    } else if (reading.atMost(line, 1)) {
      draft.node = Optional.of(line.text(1));
    }
  }

  private void masterWorker(Line line) {
    if (line.has(1) && !line.is(1, "no-exit-on-failure")) {
      reading.log.error(
          "bad-choice", "\"master-worker\" knows no-exit-on-failure only", line.span(1));
    } else if (reading.atMost(line, 1)) {
      draft.masterWorker = true;
    }
  }

  private void environment(Line line) {
    Map<String, String> environment = reading.environment;
    switch (line.text(0)) {
      case "resetenv" -> environment.keySet().retainAll(line.texts(1));
      case "unsetenv" -> {
        if (!line.has(1)) {
          reading.missing(line, 1, "the name of a variable");
        }
        environment.keySet().removeAll(line.texts(1));
      }
      default -> {
        if (!line.has(2)) {
          reading.missing(line, 2, "a name and a value");
        } else if (line.is(0, "setenv")) {
          environment.put(line.text(1), line.text(2));
        } else {
          environment.putIfAbsent(line.text(1), line.text(2));
        }
      }
    }
  }

  private boolean processVariable(Line line) {
    if (!line.has(2)) {
      reading.missing(line, 2, "a variable \"proc.name\" and an expression");
      return false;
    }
    Optional<String> problem = SampleArguments.variable(line.text(1));
    if (problem.isEmpty() && line.text(1).startsWith("proc.")) {
      return true;
    }
    reading.log.error(
        "bad-variable",
        problem.orElse("only variables of scope proc can be set in the global section"),
        line.span(1));
    return false;
  }

  private void setVariable(Line line) {
    if (processVariable(line)) {
      new SampleParser(reading, ProxyDraft.none())
          .words(line, 2, Place.CONFIGURATION)
          .ifPresent(
              p ->
                  draft.variables.add(
                      new SharedAction.SetVariable(
                          SampleArguments.variableName(line.text(1)), p.expression())));
    }
  }

  private void setVariableFormat(Line line) {
    if (processVariable(line)) {
      new LogFormatParser(reading, ProxyDraft.none(), false)
          .parse(line.text(2), line.span(2), Place.CONFIGURATION)
          .ifPresent(
              f ->
                  draft.variables.add(
                      new SharedAction.SetVariableFormat(
                          SampleArguments.variableName(line.text(1)), f)));
    }
  }

  private TlsVersions tls(Line line, TlsVersions before, String place) {
    if (!line.has(1)) {
      reading.missing(line, 1, "an option");
    }
    TlsOptions options = new TlsOptions(reading, before);
    int i = 1;
    while (line.has(i)) {
      int taken = options.read(line, i);
      if (taken == 0
          && List.of("prefer-client-ciphers", "no-tls-tickets").contains(line.text(i))
          && (place.equals("bind") || line.is(i, "no-tls-tickets"))) {
        taken = 1;
      }
      if (taken == 0) {
        reading.log.error(
            "unknown-keyword",
            "unknown option \"" + line.text(i) + "\"",
            line.span(i),
            Suggestions.didYouMean(line.text(i), reading.keywords.of(place)));
        return before;
      }
      if (taken < 0) {
        return before;
      }
      i += taken;
    }
    return options.versions();
  }
}
