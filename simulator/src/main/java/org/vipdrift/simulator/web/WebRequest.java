package org.vipdrift.simulator.web;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.http.HttpVersion;
import org.vipdrift.model.nginx.AccessRule;
import org.vipdrift.model.nginx.LocationMatch.Kind;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.WebHost;
import org.vipdrift.model.nginx.WebLocation;
import org.vipdrift.simulator.kernel.tcp.Connection;

/**
 * One request in nginx's phases: server rewrite, location, rewrite, access, try_files, content;
 * internal redirects start again at the location.
 */
final class WebRequest {
  /** Rewrite cycles and internal redirects; nginx answers 500 after them. */
  private static final int MOST_REDIRECTS = 10;

  private final NginxWorker worker;
  private final HttpExchange exchange;
  private final boolean tls;
  private final WebHost host;
  private final RequestVariables variables = new RequestVariables(this);
  private final Answering answering;
  private final RewriteModule rewrites = new RewriteModule(this);
  private WebLocation location;
  private String path;
  private String args;
  private int redirects;
  private boolean internal;
  private boolean uriChanged;
  private boolean settled;
  private boolean toldError;
  private boolean rewritten;
  private Optional<ContentProxy> proxied = Optional.empty();

  WebRequest(NginxWorker worker, HttpExchange exchange, VirtualHosts hosts, boolean tls) {
    this.worker = worker;
    this.exchange = exchange;
    this.tls = tls;
    this.host = hosts.choose(exchange.request());
    this.location = host.location();
    String target = exchange.request().target();
    int authority = target.startsWith("http://") ? target.indexOf('/', 7) : 0;
    String local = authority < 0 ? "/" : target.substring(authority);
    int question = local.indexOf('?');
    this.path = UriPath.normalized(question < 0 ? local : local.substring(0, question));
    this.args = question < 0 ? "" : local.substring(question + 1);
    this.answering = new Answering(this);
  }

  void begin() {
    boolean hostMissing = http().version() == HttpVersion.HTTP_1_1 && !http().headers().has("Host");
    if (hostMissing || path.isEmpty() || http().headers().all("Host").size() > 1) {
      answering.refuse(400);
      return;
    }
    if (rewrites.run(host.location().steps())) {
      locate();
    }
  }

  // ---- what the parts of it ask ----

  NginxWorker worker() {
    return worker;
  }

  HttpExchange exchange() {
    return exchange;
  }

  HttpRequest http() {
    return exchange.request();
  }

  Connection connection() {
    return exchange.connection();
  }

  WebHost host() {
    return host;
  }

  WebLocation location() {
    return location;
  }

  RequestVariables variables() {
    return variables;
  }

  String path() {
    return path;
  }

  String args() {
    return args;
  }

  String scheme() {
    return tls ? "https" : "http";
  }

  /** The Host field's, else the server's first name. */
  String hostName() {
    String name = VirtualHosts.hostName(http());
    return name.isEmpty() ? host.firstName() : name;
  }

  String proxyHost() {
    return proxied.map(ContentProxy::authority).orElse("");
  }

  String upstreamAddresses() {
    return proxied.map(ContentProxy::addresses).orElse("");
  }

  String upstreamStatuses() {
    return proxied.map(ContentProxy::statuses).orElse("");
  }

  int status() {
    return answering.status();
  }

  Answering answering() {
    return answering;
  }

  // ---- phases ----

  private void locate() {
    LocationFinder.Found found = worker.locations().find(host.location(), path);
    location = found.location();
    found.captures().ifPresent(variables::captured);
    atLocation();
  }

  private void atLocation() {
    if (location.internal() && !internal) {
      error(404);
      return;
    }
    uriChanged = false;
    boolean own = location.match().kind() != Kind.SERVER;
    if (own && !rewrites.run(location.steps())) {
      return;
    }
    if (uriChanged && !settled) {
      if (countRedirect()) {
        locate();
      }
      return;
    }
    access();
  }

  private boolean countRedirect() {
    if (++redirects > MOST_REDIRECTS) {
      answering.page(500);
      return false;
    }
    return true;
  }

  private void access() {
    for (AccessRule rule : location.access()) {
      if (rule.matches(connection().remoteAddress())) {
        if (!rule.allows()) {
          error(403);
          return;
        }
        break;
      }
    }
    if (!location.files().tryFiles().isEmpty() && tryFiles()) {
      return;
    }
    content();
  }

  private void content() {
    if (location.proxy().isPresent()) {
      ContentProxy proxy = new ContentProxy(this, location.proxy().get());
      proxied = Optional.of(proxy);
      proxy.begin();
    } else if (location.stubStatus()) {
      answering.text(200, "text/plain", stubStatus());
    } else {
      new ContentFiles(this).serve();
    }
  }

  private String stubStatus() {
    HttpServer.Counters counters = worker.counters();
    return "Active connections: "
        + counters.active()
        + " \nserver accepts handled requests\n "
        + counters.accepted
        + " "
        + counters.accepted
        + " "
        + counters.requests
        + " \nReading: "
        + counters.reading
        + " Writing: "
        + counters.writing
        + " Waiting: "
        + counters.waiting
        + " \n";
  }

  /** Whether it has led away from here. */
  private boolean tryFiles() {
    java.util.List<Template> candidates = location.files().tryFiles();
    for (int at = 0; at < candidates.size() - 1; at++) {
      String candidate = variables.evaluate(candidates.get(at));
      boolean folder = candidate.endsWith("/");
      String file = fileName(candidate);
      boolean exists =
          folder
              ? worker.environment().isFolder().test(file.substring(0, file.length() - 1))
              : ContentFiles.text(this, file).isPresent();
      if (exists) {
        path = candidate;
        return false;
      }
    }
    String last = variables.evaluate(candidates.getLast());
    if (last.startsWith("=")) {
      error(Integer.parseInt(last.substring(1)));
    } else {
      redirect(last);
    }
    return true;
  }

  /** The file that a path stands for. */
  String fileName(String forPath) {
    WebLocation.FileRules files = location.files();
    if (files.alias().isPresent()) {
      String alias = variables.evaluate(files.alias().get());
      String text = location.match().text();
      boolean prefix =
          location.match().kind() == Kind.PREFIX
              || location.match().kind() == Kind.PREFIX_FIRST
              || location.match().kind() == Kind.EXACT;
      return prefix && forPath.startsWith(text) ? alias + forPath.substring(text.length()) : alias;
    }
    String root = variables.evaluate(files.root());
    String absolute = root.startsWith("/") ? root : "/usr/share/nginx/" + root;
    return (absolute.endsWith("/") ? absolute.substring(0, absolute.length() - 1) : absolute)
        + forPath;
  }

  /** Goes on with another path, or a named location, inside nginx. */
  void redirect(String target) {
    internal = true;
    if (!countRedirect()) {
      return;
    }
    if (target.startsWith("@")) {
      Optional<WebLocation> named = LocationFinder.named(host.location(), target);
      if (named.isEmpty()) {
        answering.page(500);
      } else {
        location = named.get();
        settled = false;
        atLocation();
      }
      return;
    }
    int question = target.indexOf('?');
    path = question < 0 ? target : target.substring(0, question);
    if (question >= 0) {
      args = target.substring(question + 1);
    }
    settled = false;
    locate();
  }

  /** Answers with an error, by an {@code error_page} if there is one. */
  void error(int status) {
    Optional<WebLocation.ErrorPage> page =
        toldError
            ? Optional.empty()
            : location.errorPages().stream().filter(p -> p.statuses().contains(status)).findFirst();
    if (page.isEmpty()) {
      answering.page(status);
      return;
    }
    toldError = true;
    String target = variables.evaluate(page.get().target());
    if (target.startsWith("/") || target.startsWith("@")) {
      answering.override(page.get().answer().isEmpty() ? status : page.get().answer().get());
      redirect(target);
    } else {
      int code = page.get().answer().filter(c -> c >= 300 && c < 400).orElse(302);
      answering.redirect(code, target);
    }
  }

  /** Whether the path is no longer the client's. */
  boolean isRewritten() {
    return rewritten || internal;
  }

  /** A rewrite leads elsewhere; with {@code break} the location stays the same. */
  void moveTo(String newPath, String newArgs, boolean breaks) {
    path = newPath;
    args = newArgs;
    uriChanged = !breaks;
    settled = breaks;
    rewritten = true;
  }

  /** {@code break}: no other location is looked for. */
  void stay() {
    uriChanged = false;
    settled = true;
  }

  /** What an {@code if} says holds from now on. */
  void enter(WebLocation inside) {
    location = inside;
  }

  static Octets octets(String text) {
    return Octets.adopt(text.getBytes(StandardCharsets.UTF_8));
  }
}
