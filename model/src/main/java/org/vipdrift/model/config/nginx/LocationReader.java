package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.nginx.AccessRule;
import org.vipdrift.model.nginx.LocationMatch;
import org.vipdrift.model.nginx.LocationMatch.Kind;
import org.vipdrift.model.nginx.ProxyPass;
import org.vipdrift.model.nginx.RewriteStep;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.WebLocation;

/** Reads locations, and what a server or an {@code if} says at their place. */
final class LocationReader {
  private static final String DEFAULT_ROOT = "/usr/share/nginx/html";

  private final ProblemLog log;
  private final Templates templates;
  private final ProxyReader proxies;
  private final RewriteReader rewrites;

  LocationReader(ProblemLog log, Templates templates, ProxyReader proxies) {
    this.log = log;
    this.templates = templates;
    this.proxies = proxies;
    this.rewrites = new RewriteReader(log, templates);
  }

  /** The level of a server itself. */
  WebLocation server(List<NginxStatement> block, Scope scope) {
    return read(new LocationMatch(Kind.SERVER, ""), block, scope, Optional.empty());
  }

  private Optional<WebLocation> location(
      NginxStatement line, Scope scope, LocationMatch around, Set<LocationMatch> seen) {
    Optional<LocationMatch> match = match(line);
    if (match.isEmpty() || !fits(line, match.get(), around)) {
      return Optional.empty();
    }
    LocationMatch key =
        match.get().kind() == Kind.PREFIX_FIRST
            ? new LocationMatch(Kind.PREFIX, match.get().text())
            : match.get();
    if (!isRegex(match.get()) && !seen.add(key)) {
      error(line, "duplicate-location", "duplicate location \"" + match.get().text() + "\"");
      return Optional.empty();
    }
    return Optional.of(read(match.get(), line.body(), scope.inside(line.body()), Optional.empty()));
  }

  private static boolean isRegex(LocationMatch match) {
    return match.kind() == Kind.REGEX || match.kind() == Kind.REGEX_CASELESS;
  }

  private boolean fits(NginxStatement line, LocationMatch match, LocationMatch around) {
    String text = match.text();
    return switch (around.kind()) {
      case SERVER, CONDITION -> true;
      case EXACT, NAMED -> {
        error(
            line,
            "location-nesting",
            "location \""
                + text
                + "\" cannot be inside the "
                + (around.kind() == Kind.EXACT ? "exact" : "named")
                + " location \""
                + around.text()
                + "\"");
        yield false;
      }
      case PREFIX, PREFIX_FIRST, REGEX, REGEX_CASELESS -> {
        if (match.kind() == Kind.NAMED) {
          error(
              line,
              "location-nesting",
              "named location \"" + text + "\" can be on the server level only");
          yield false;
        }
        if (!isRegex(match) && !text.startsWith(around.text())) {
          error(
              line,
              "location-nesting",
              "location \"" + text + "\" is outside location \"" + around.text() + "\"");
          yield false;
        }
        yield true;
      }
    };
  }

  private Optional<LocationMatch> match(NginxStatement line) {
    String first = line.argument(1);
    if (line.count() == 2) {
      String text = line.argument(2);
      return switch (first) {
        case "=" -> Optional.of(new LocationMatch(Kind.EXACT, text));
        case "^~" -> Optional.of(new LocationMatch(Kind.PREFIX_FIRST, text));
        case "~" -> regex(line, 2, Kind.REGEX, text);
        case "~*" -> regex(line, 2, Kind.REGEX_CASELESS, text);
        default -> {
          error(line, "location-modifier", "invalid location modifier \"" + first + "\"");
          yield Optional.empty();
        }
      };
    }
    if (first.startsWith("=")) {
      return Optional.of(new LocationMatch(Kind.EXACT, first.substring(1)));
    }
    if (first.startsWith("^~")) {
      return Optional.of(new LocationMatch(Kind.PREFIX_FIRST, first.substring(2)));
    }
    if (first.startsWith("~*")) {
      return regex(line, 1, Kind.REGEX_CASELESS, first.substring(2));
    }
    if (first.startsWith("~")) {
      return regex(line, 1, Kind.REGEX, first.substring(1));
    }
    return Optional.of(new LocationMatch(first.startsWith("@") ? Kind.NAMED : Kind.PREFIX, first));
  }

  private Optional<LocationMatch> regex(NginxStatement line, int index, Kind kind, String text) {
    return Patterns.read(text, line.words().get(index).span(), templates, log)
        .map(pattern -> new LocationMatch(kind, pattern));
  }

  /**
   * @param outer of an {@code if}: what holds around it
   */
  private WebLocation read(
      LocationMatch match,
      List<NginxStatement> block,
      Scope scope,
      Optional<List<NginxStatement>> outer) {
    List<RewriteStep> steps =
        rewrites.read(
            block,
            scope,
            (line, inside) ->
                read(
                    new LocationMatch(Kind.CONDITION, match.text()),
                    line.body(),
                    inside,
                    Optional.of(outer.orElse(block))));
    Optional<ProxyPass> proxy = proxy(match, block, scope, outer);
    List<WebLocation> nested = new ArrayList<>();
    Set<LocationMatch> seen = new LinkedHashSet<>();
    for (NginxStatement line : block) {
      switch (line.name()) {
        case "location" -> location(line, scope, match, seen).ifPresent(nested::add);
        case "limit_except" ->
            log.note(
                "accepted-not-modelled",
                "\"limit_except\" is accepted but has no effect in the simulation",
                line.span());
        default -> {
          // Read elsewhere.
        }
      }
    }
    return new WebLocation(
        match,
        steps,
        proxy,
        !own(block, "stub_status").isEmpty(),
        !own(block, "internal").isEmpty(),
        files(block, scope),
        access(scope),
        errorPages(scope),
        scope.isOn("proxy_intercept_errors", false),
        addedHeaders(scope),
        !scope.last("server_tokens").map(s -> s.argument(1).equals("off")).orElse(false),
        new WebLocation.RedirectRules(
            scope.isOn("absolute_redirect", true),
            scope.isOn("port_in_redirect", true),
            scope.isOn("server_name_in_redirect", false)),
        nested);
  }

  private Optional<ProxyPass> proxy(
      LocationMatch match,
      List<NginxStatement> block,
      Scope scope,
      Optional<List<NginxStatement>> outer) {
    List<NginxStatement> own = own(block, "proxy_pass");
    if (!own.isEmpty()) {
      return proxies.read(own.getFirst(), scope, match);
    }
    List<NginxStatement> around = outer.map(o -> own(o, "proxy_pass")).orElse(List.of());
    LocationMatch plain = new LocationMatch(Kind.PREFIX, match.text());
    return around.isEmpty() ? Optional.empty() : proxies.read(around.getFirst(), scope, plain);
  }

  private static List<NginxStatement> own(List<NginxStatement> block, String name) {
    return block.stream().filter(s -> s.name().equals(name)).toList();
  }

  private WebLocation.FileRules files(List<NginxStatement> block, Scope scope) {
    List<NginxStatement> roots = own(block, "root");
    List<NginxStatement> aliases = own(block, "alias");
    if (!roots.isEmpty() && !aliases.isEmpty()) {
      boolean aliasFirst = block.indexOf(aliases.getFirst()) < block.indexOf(roots.getFirst());
      NginxStatement second = (aliasFirst ? roots : aliases).getFirst();
      error(
          second,
          "duplicate-directive",
          "\""
              + second.name()
              + "\" directive is duplicate, \""
              + (aliasFirst ? "alias" : "root")
              + "\" directive was specified earlier");
    }
    for (NginxStatement line : roots) {
      if (line.argument(1).contains("$document_root")
          || line.argument(1).contains("${document_root}")) {
        error(
            line,
            "invalid-root",
            "the $document_root variable cannot be used in the \"root\" directive");
      }
    }
    List<Template> index = new ArrayList<>();
    for (NginxStatement line : scope.all("index")) {
      line.words().stream().skip(1).forEach(word -> index.add(templates.read(word)));
    }
    List<Template> tryFiles = new ArrayList<>();
    for (NginxStatement line : own(block, "try_files")) {
      line.words().stream().skip(1).forEach(word -> tryFiles.add(templates.read(word)));
      NginxWord last = line.words().getLast();
      if (last.text().startsWith("=")
          && Values.number(last.text().substring(1)).filter(n -> n <= 999).isEmpty()) {
        log.error("invalid-code", "invalid code \"" + last.text() + "\"", last.span());
      }
    }
    return new WebLocation.FileRules(
        scope
            .last("root")
            .map(s -> templates.read(s.words().get(1)))
            .orElse(Template.of(DEFAULT_ROOT)),
        aliases.isEmpty()
            ? Optional.empty()
            : Optional.of(templates.read(aliases.getFirst().words().get(1))),
        index.isEmpty() ? List.of(Template.of("index.html")) : index,
        tryFiles,
        scope.last("default_type").map(s -> s.argument(1)).orElse("text/plain"));
  }

  List<AccessRule> access(Scope scope) {
    List<NginxStatement> lines = scope.all("allow", "deny");
    List<AccessRule> rules = new ArrayList<>();
    for (NginxStatement line : lines) {
      boolean allows = line.name().equals("allow");
      String text = line.argument(1);
      Optional<IpPrefix> network = IpPrefix.parse(text);
      if (text.equals("all")) {
        rules.add(new AccessRule(allows, Optional.empty()));
      } else if (network.isPresent()) {
        rules.add(new AccessRule(allows, network));
      } else if (!text.equals("unix:")) {
        error(line, "invalid-parameter", "invalid parameter \"" + text + "\"");
      }
    }
    return rules;
  }

  private List<WebLocation.ErrorPage> errorPages(Scope scope) {
    List<WebLocation.ErrorPage> pages = new ArrayList<>();
    for (NginxStatement line : scope.all("error_page")) {
      String beforeLast = line.argument(line.count() - 1);
      boolean changes = beforeLast.startsWith("=");
      Optional<Integer> answer = Optional.empty();
      if (changes && line.count() > 2) {
        Optional<Integer> code =
            beforeLast.equals("=") ? Optional.of(0) : Values.integer(beforeLast.substring(1));
        if (code.isEmpty()) {
          error(line, "invalid-value", "invalid value \"" + beforeLast + "\"");
        }
        answer = code;
      }
      List<Integer> statuses = new ArrayList<>();
      for (int index = 1; index < line.count() - (answer.isPresent() ? 1 : 0); index++) {
        String text = line.argument(index);
        Optional<Integer> status = Values.integer(text);
        if (status.isEmpty() || status.get() == 499) {
          error(line, "invalid-value", "invalid value \"" + text + "\"");
        } else if (status.get() < 300 || status.get() > 599) {
          error(line, "invalid-value", "value \"" + text + "\" must be between 300 and 599");
        } else {
          statuses.add(status.get());
        }
      }
      pages.add(
          new WebLocation.ErrorPage(statuses, answer, templates.read(line.words().getLast())));
    }
    return pages;
  }

  private List<WebLocation.AddedHeader> addedHeaders(Scope scope) {
    List<WebLocation.AddedHeader> headers = new ArrayList<>();
    for (NginxStatement line : scope.all("add_header")) {
      if (line.count() == 3 && !line.argument(3).equals("always")) {
        error(line, "invalid-parameter", "invalid parameter \"" + line.argument(3) + "\"");
      }
      headers.add(
          new WebLocation.AddedHeader(
              line.argument(1), templates.read(line.words().get(2)), line.count() == 3));
    }
    return headers;
  }

  private void error(NginxStatement line, String code, String message) {
    log.error(code, message, line.span());
  }
}
