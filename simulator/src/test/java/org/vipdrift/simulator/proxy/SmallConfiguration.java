package org.vipdrift.simulator.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.haproxy.settings.*;

/** Reads the few lines of haproxy.cfg the tests use. */
final class SmallConfiguration {
  private static final SourceSpan SPAN = null;
  final Map<String, Section> sections = new LinkedHashMap<>();
  List<String> defaults = new ArrayList<>();

  record Section(String kind, String name, List<String> lines) {}

  static HaproxyConfiguration read(String text) {
    SmallConfiguration c = new SmallConfiguration();
    Section now = new Section("global", "", new ArrayList<>());
    Section global = now;
    int line = 0;
    for (String raw : text.lines().toList()) {
      String l = raw.strip();
      if (l.isEmpty() || l.startsWith("#")) continue;
      List<String> w = words(l);
      switch (w.getFirst()) {
        case "global" -> now = global;
        case "defaults" -> {
          now = new Section("defaults", "", new ArrayList<>());
          c.defaults = now.lines;
        }
        case "frontend", "backend", "listen" -> {
          now = new Section(w.get(0), w.get(1), new ArrayList<>(c.defaults));
          c.sections.put(w.get(0) + w.get(1), now);
        }
        default -> now.lines.add(l);
      }
    }
    List<ProxySettings> proxies = new ArrayList<>();
    int id = 2;
    for (Section s : c.sections.values()) proxies.add(c.proxy(s, id++));
    Optional<Integer> maxconn = Optional.empty();
    for (String l : global.lines)
      if (l.startsWith("maxconn ")) maxconn = Optional.of(Integer.parseInt(l.substring(8).strip()));
    GlobalSettings g =
        new GlobalSettings(
            maxconn,
            0,
            0,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Duration.ofSeconds(10),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            16384,
            1024,
            101,
            false,
            false,
            List.of(),
            TlsVersions.DEFAULT,
            TlsVersions.DEFAULT,
            false,
            Optional.empty());
    return new HaproxyConfiguration(
        g, proxies, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  static List<String> words(String l) {
    List<String> w = new ArrayList<>();
    StringBuilder b = new StringBuilder();
    char q = 0;
    boolean any = false;
    for (int i = 0; i < l.length(); i++) {
      char ch = l.charAt(i);
      if (q != 0) {
        if (ch == q) q = 0;
        else b.append(ch);
      } else if (ch == '"' || ch == '\'') {
        q = ch;
        any = true;
      } else if (ch == '\\' && i + 1 < l.length() && !Character.isDigit(l.charAt(i + 1))) {
        b.append(l.charAt(++i));
        any = true;
      } else if (ch == ' ' || ch == '\t') {
        if (any || b.length() > 0) w.add(b.toString());
        b.setLength(0);
        any = false;
      } else b.append(ch);
    }
    if (any || b.length() > 0) w.add(b.toString());
    return w;
  }

  static Duration time(String t) {
    if (t.endsWith("ms")) return Duration.ofMillis(Long.parseLong(t.substring(0, t.length() - 2)));
    if (t.endsWith("s")) return Duration.ofSeconds(Long.parseLong(t.substring(0, t.length() - 1)));
    if (t.endsWith("m")) return Duration.ofMinutes(Long.parseLong(t.substring(0, t.length() - 1)));
    if (t.endsWith("h")) return Duration.ofHours(Long.parseLong(t.substring(0, t.length() - 1)));
    return Duration.ofMillis(Long.parseLong(t));
  }

  final Map<String, List<AclTest>> acls = new TreeMap<>();

  static SampleExpression sample(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0, start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      } else if (text.charAt(i) == '(') depth++;
      else if (text.charAt(i) == ')') depth--;
    }
    List<SampleExpression.Converter> conv = new ArrayList<>();
    for (String p : parts.subList(1, parts.size()))
      conv.add(new SampleExpression.Converter(name(p), args(p)));
    return new SampleExpression(name(parts.getFirst()), args(parts.getFirst()), conv);
  }

  static String name(String f) {
    int p = f.indexOf('(');
    return p < 0 ? f : f.substring(0, p);
  }

  static List<String> args(String f) {
    int p = f.indexOf('(');
    return p < 0 ? List.of() : List.of(f.substring(p + 1, f.length() - 1).split(","));
  }

  static AclTest test(List<String> w) {
    SampleExpression s = sample(w.getFirst());
    MatchMethod m =
        switch (s.fetch()) {
          case "src", "dst" -> MatchMethod.IP;
          case "dst_port", "src_port", "nbsrv", "be_conn", "hdr_cnt", "status" ->
              MatchMethod.INTEGER;
          case "always_true", "always_false", "ssl_fc" -> MatchMethod.BOOLEAN;
          default ->
              s.fetch().endsWith("_beg")
                  ? MatchMethod.BEGINNING
                  : s.fetch().endsWith("_end")
                      ? MatchMethod.END
                      : s.fetch().endsWith("_reg")
                          ? MatchMethod.EXPRESSION
                          : s.fetch().endsWith("_dir")
                              ? MatchMethod.SUBDIRECTORY
                              : s.fetch().endsWith("_sub")
                                  ? MatchMethod.SUBSTRING
                                  : s.fetch().endsWith("_dom")
                                      ? MatchMethod.DOMAIN
                                      : MatchMethod.STRING;
        };
    boolean ic = false;
    int at = 1;
    while (at < w.size() && w.get(at).startsWith("-")) {
      if (w.get(at).equals("-i")) {
        ic = true;
        at++;
      } else if (w.get(at).equals("-m")) {
        m =
            switch (w.get(at + 1)) {
              case "found" -> MatchMethod.FOUND;
              case "beg" -> MatchMethod.BEGINNING;
              case "end" -> MatchMethod.END;
              case "reg" -> MatchMethod.EXPRESSION;
              case "sub" -> MatchMethod.SUBSTRING;
              case "str" -> MatchMethod.STRING;
              case "int" -> MatchMethod.INTEGER;
              case "ip" -> MatchMethod.IP;
              case "dir" -> MatchMethod.SUBDIRECTORY;
              case "len" -> MatchMethod.LENGTH;
              default -> throw new IllegalArgumentException(w.get(at + 1));
            };
        at += 2;
      } else break;
    }
    List<AclPattern> pats = new ArrayList<>();
    for (int i = at; i < w.size(); i++) {
      String p = w.get(i);
      if (m == MatchMethod.INTEGER || m == MatchMethod.LENGTH) {
        if (List.of("ge", "gt", "le", "lt", "eq").contains(p)) {
          long n = Long.parseLong(w.get(++i));
          pats.add(
              new AclPattern.Number(
                  switch (p) {
                    case "ge" -> new IntegerRange(n, Long.MAX_VALUE);
                    case "gt" -> new IntegerRange(n + 1, Long.MAX_VALUE);
                    case "le" -> new IntegerRange(Long.MIN_VALUE, n);
                    case "lt" -> new IntegerRange(Long.MIN_VALUE, n - 1);
                    default -> new IntegerRange(n, n);
                  }));
        } else
          pats.add(new AclPattern.Number(new IntegerRange(Long.parseLong(p), Long.parseLong(p))));
      } else if (m == MatchMethod.IP)
        pats.add(
            new AclPattern.Network(IpPrefix.parse(p.contains("/") ? p : p + "/32").orElseThrow()));
      else if (m == MatchMethod.EXPRESSION) pats.add(new AclPattern.Expression(p));
      else pats.add(new AclPattern.Text(p));
    }
    return new AclTest(s, m, ic, pats);
  }

  Optional<Condition> condition(List<String> w) {
    int at = -1;
    for (int i = 0; i < w.size(); i++)
      if (w.get(i).equals("if") || w.get(i).equals("unless")) {
        at = i;
        break;
      }
    if (at < 0) return Optional.empty();
    List<List<Condition.Term>> alts = new ArrayList<>();
    List<Condition.Term> terms = new ArrayList<>();
    for (int i = at + 1; i < w.size(); i++) {
      String t = w.get(i);
      if (t.equals("||") || t.equals("or")) {
        alts.add(terms);
        terms = new ArrayList<>();
        continue;
      }
      boolean neg = t.startsWith("!");
      if (neg) t = t.substring(1);
      if (t.isEmpty()) t = w.get(++i);
      if (t.equals("{")) {
        int end = w.subList(i, w.size()).indexOf("}") + i;
        terms.add(new Condition.Term(neg, Optional.empty(), List.of(test(w.subList(i + 1, end)))));
        i = end;
      } else {
        List<AclTest> tests =
            acls.getOrDefault(
                t,
                switch (t) {
                  case "TRUE" -> List.of(test(List.of("always_true")));
                  case "METH_GET" -> List.of(test(List.of("method", "GET", "HEAD")));
                  case "METH_POST" -> List.of(test(List.of("method", "POST")));
                  default -> List.of();
                });
        terms.add(new Condition.Term(neg, Optional.of(t), tests));
      }
    }
    alts.add(terms);
    return Optional.of(new Condition(w.get(at).equals("unless"), alts));
  }

  static LogFormat format(String text) {
    List<LogFormat.Item> items = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%' || i + 1 == text.length()) {
        plain.append(text.charAt(i));
        continue;
      }
      if (text.charAt(i + 1) == '%') {
        plain.append('%');
        i++;
        continue;
      }
      if (plain.length() > 0) items.add(new LogFormat.Text(plain.toString()));
      plain.setLength(0);
      LogFormat.Options o = LogFormat.Options.NONE;
      int p = i + 1;
      if (text.charAt(p) == '{') {
        int e = text.indexOf('}', p);
        String f = text.substring(p + 1, e);
        o =
            new LogFormat.Options(
                f.contains("+Q"), f.contains("+E"), f.contains("+X"), false, false);
        p = e + 1;
      }
      if (text.charAt(p) == '[') {
        int depth = 0;
        int e = p;
        for (; e < text.length(); e++) {
          if (text.charAt(e) == '[') depth++;
          else if (text.charAt(e) == ']' && --depth == 0) break;
        }
        items.add(new LogFormat.Expression(sample(text.substring(p + 1, e)), o));
        i = e;
      } else {
        int e = p;
        while (e < text.length() && Character.isLetter(text.charAt(e))) e++;
        items.add(new LogFormat.Variable(text.substring(p, e), o));
        i = e - 1;
      }
    }
    if (plain.length() > 0) items.add(new LogFormat.Text(plain.toString()));
    return new LogFormat(items);
  }

  static String after(List<String> w, String key) {
    int i = w.indexOf(key);
    return i < 0 ? null : w.get(i + 1);
  }

  static Redirect redirect(List<String> w) {
    Redirect.Kind k = Redirect.Kind.valueOf(w.getFirst().toUpperCase(java.util.Locale.ROOT));
    String code = after(w, "code");
    String set = after(w, "set-cookie");
    String clear = after(w, "clear-cookie");
    return new Redirect(
        k,
        format(w.get(1)),
        code == null ? 302 : Integer.parseInt(code),
        w.contains("drop-query"),
        w.contains("append-slash"),
        w.contains("ignore-empty"),
        set != null
            ? Optional.of(set + "; path=/;")
            : clear != null ? Optional.of(clear + "; path=/; Max-Age=0;") : Optional.empty());
  }

  static HttpReply reply(List<String> w, String statusKey, int status) {
    String s = after(w, statusKey);
    int st = s == null ? status : Integer.parseInt(s);
    List<HeaderField> hdrs = new ArrayList<>();
    for (int i = 0; i < w.size(); i++)
      if (w.get(i).equals("hdr")) hdrs.add(new HeaderField(w.get(i + 1), format(w.get(i + 2))));
    String string = after(w, "string");
    String lf = after(w, "lf-string");
    HttpReply.Body body =
        string != null
            ? new HttpReply.Text(string)
            : lf != null
                ? new HttpReply.Format(format(lf))
                : statusKey.equals("status") ? new HttpReply.Empty() : new HttpReply.ErrorPage();
    return new HttpReply(st, Optional.ofNullable(after(w, "content-type")), body, hdrs);
  }

  HttpAction action(List<String> w) {
    List<String> r = w.subList(1, w.size());
    return switch (w.getFirst()) {
      case "deny" -> new HttpAction.Deny(reply(w, "deny_status", 403));
      case "tarpit" -> new HttpAction.Tarpit(reply(w, "deny_status", 500));
      case "return" -> new HttpAction.Return(reply(w, "status", 200));
      case "redirect" -> new HttpAction.RedirectTo(redirect(r));
      case "allow" -> new HttpAction.Allow();
      case "set-header" -> new HttpAction.SetHeader(r.get(0), format(r.get(1)));
      case "add-header" -> new HttpAction.AddHeader(r.get(0), format(r.get(1)));
      case "del-header" -> new HttpAction.DeleteHeader(MatchMethod.STRING, r.get(0));
      case "replace-header" -> new HttpAction.ReplaceHeader(r.get(0), r.get(1), format(r.get(2)));
      case "replace-value" -> new HttpAction.ReplaceValue(r.get(0), r.get(1), format(r.get(2)));
      case "replace-path" -> new HttpAction.ReplacePath(r.get(0), format(r.get(1)));
      case "set-path" -> new HttpAction.SetPath(format(r.get(0)));
      case "set-query" -> new HttpAction.SetQuery(format(r.get(0)));
      case "set-uri" -> new HttpAction.SetUri(format(r.get(0)));
      case "set-method" -> new HttpAction.SetMethod(format(r.get(0)));
      case "set-status" ->
          new HttpAction.SetStatus(
              Integer.parseInt(r.get(0)), Optional.ofNullable(after(w, "reason")));
      case "reject" -> new SharedAction.Reject();
      default -> throw new IllegalArgumentException(w.toString());
    };
  }

  ServerSettings server(List<String> w, int id, List<String> def) {
    List<String> o = new ArrayList<>(w.subList(3, w.size()));
    o.addAll(def);
    String[] a = w.get(2).split(":");
    String inter = after(o, "inter");
    ServerCheck check =
        new ServerCheck(
            o.contains("check"),
            Optional.empty(),
            Optional.empty(),
            inter == null ? Duration.ofSeconds(2) : time(inter),
            Optional.empty(),
            Optional.empty(),
            2,
            3,
            ServerCheck.Observe.NONE,
            10,
            ServerCheck.OnError.FAIL_CHECK,
            false,
            false,
            false,
            false,
            Optional.empty(),
            List.of());
    return new ServerSettings(
        w.get(1),
        id,
        new ServerAddress.Ip(IpAddress.of(a[0])),
        new ServerPort.Fixed(Integer.parseInt(a[1])),
        num(o, "weight", 1),
        o.contains("backup"),
        o.contains("disabled"),
        o.contains("non-stick"),
        Optional.ofNullable(after(o, "cookie")),
        num(o, "maxconn", 0),
        num(o, "minconn", 0),
        num(o, "maxqueue", 0),
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        check,
        Optional.empty(),
        PoolSettings.DEFAULT,
        Resolution.DEFAULT,
        SPAN);
  }

  static int num(List<String> o, String k, int d) {
    String v = after(o, k);
    return v == null ? d : Integer.parseInt(v);
  }

  ProxySettings proxy(Section s, int id) {
    boolean fe = !s.kind.equals("backend"), be = !s.kind.equals("frontend");
    ProxySettings.Mode mode = ProxySettings.Mode.TCP;
    EnumSet<ProxyOption> flags = EnumSet.noneOf(ProxyOption.class);
    ProxyOptions.ConnectionMode cm = ProxyOptions.ConnectionMode.KEEP_ALIVE;
    Optional<ProxyOptions.ForwardFor> ff = Optional.empty();
    Optional<Integer> redisp = Optional.empty();
    Map<String, Duration> t = new TreeMap<>();
    int retries = 3;
    EnumSet<RetryCondition> retryOn = EnumSet.of(RetryCondition.CONN_FAILURE);
    Balance balance = new Balance.RoundRobin();
    HashType hash = HashType.DEFAULT;
    LogStyle style = LogStyle.DEFAULT;
    Optional<LogFormat> fmt = Optional.empty();
    List<LogTarget> targets = new ArrayList<>();
    Optional<String> defBe = Optional.empty(), mon = Optional.empty();
    Optional<Integer> maxconn = Optional.empty(), fullconn = Optional.empty();
    Optional<CookieSettings> cookie = Optional.empty();
    Optional<CookieCapture> cc = Optional.empty();
    HttpReuse reuse = HttpReuse.SAFE;
    Optional<StatsSettings> stats = Optional.empty();
    Optional<StickTableSettings> table = Optional.empty();
    List<BindSettings> binds = new ArrayList<>();
    List<BackendRule> use = new ArrayList<>();
    List<ServerRule> useServer = new ArrayList<>();
    List<PersistRule> persist = new ArrayList<>();
    List<StickRule> stick = new ArrayList<>();
    List<ServerSettings> servers = new ArrayList<>();
    List<String> def = new ArrayList<>();
    List<TcpRule> tcpConn = new ArrayList<>(), tcpContent = new ArrayList<>();
    List<HttpRule> req = new ArrayList<>(), res = new ArrayList<>(), aft = new ArrayList<>();
    List<RedirectRule> redirects = new ArrayList<>();
    List<HeaderCapture> cq = new ArrayList<>(), cs = new ArrayList<>();
    acls.clear();
    for (String l : s.lines) {
      List<String> w = words(l);
      List<String> r = w.subList(1, w.size());
      switch (w.getFirst()) {
        case "mode" ->
            mode = ProxySettings.Mode.valueOf(r.getFirst().toUpperCase(java.util.Locale.ROOT));
        case "option" -> {
          switch (r.getFirst()) {
            case "httplog" -> style = LogStyle.HTTP;
            case "tcplog" -> style = LogStyle.TCP;
            case "redispatch" ->
                redisp = Optional.of(r.size() > 1 ? Integer.parseInt(r.get(1)) : -1);
            case "forwardfor" ->
                ff =
                    Optional.of(
                        new ProxyOptions.ForwardFor(
                            Optional.ofNullable(after(r, "except"))
                                .map(x -> IpPrefix.parse(x).orElseThrow()),
                            Optional.ofNullable(after(r, "header")).orElse("X-Forwarded-For"),
                            r.contains("if-none")));
            case "http-server-close" -> cm = ProxyOptions.ConnectionMode.SERVER_CLOSE;
            case "httpclose" -> cm = ProxyOptions.ConnectionMode.CLOSE;
            case "http-keep-alive" -> cm = ProxyOptions.ConnectionMode.KEEP_ALIVE;
            default ->
                flags.add(
                    ProxyOption.valueOf(
                        r.getFirst().toUpperCase(java.util.Locale.ROOT).replace('-', '_')));
          }
        }
        case "timeout" -> t.put(r.get(0), time(r.get(1)));
        case "retries" -> retries = Integer.parseInt(r.getFirst());
        case "retry-on" -> {
          retryOn.clear();
          for (String x : r)
            retryOn.add(
                RetryCondition.valueOf(
                    (Character.isDigit(x.charAt(0)) ? "STATUS_" : "")
                        + x.toUpperCase(java.util.Locale.ROOT).replace('-', '_')));
        }
        case "balance" ->
            balance =
                switch (r.getFirst()) {
                  case "roundrobin" -> new Balance.RoundRobin();
                  case "static-rr" -> new Balance.StaticRoundRobin();
                  case "leastconn" -> new Balance.LeastConnections();
                  case "source" -> new Balance.Source();
                  case "first" -> new Balance.First();
                  case "uri" -> new Balance.Uri(0, 0, false, false);
                  default -> throw new IllegalArgumentException(l);
                };
        case "log" ->
            targets.add(new LogTarget("127.0.0.1:514", 1024, Optional.empty(), "local0", 7, 0));
        case "log-format" -> {
          style = LogStyle.CUSTOM;
          fmt = Optional.of(format(r.getFirst()));
        }
        case "default_backend" -> defBe = Optional.of(r.getFirst());
        case "monitor-uri" -> mon = Optional.of(r.getFirst());
        case "maxconn" -> maxconn = Optional.of(Integer.parseInt(r.getFirst()));
        case "fullconn" -> fullconn = Optional.of(Integer.parseInt(r.getFirst()));
        case "bind" -> {
          String[] a = r.getFirst().split(":");
          binds.add(
              new BindSettings(
                  new BindAddress.Ip(
                      IpAddress.of(a[0].isEmpty() || a[0].equals("*") ? "0.0.0.0" : a[0])),
                  Integer.parseInt(a[1]),
                  Integer.parseInt(a[1]),
                  Optional.empty(),
                  1,
                  0,
                  Optional.empty(),
                  false,
                  r.contains("transparent"),
                  false,
                  false,
                  Optional.empty(),
                  r.contains("ssl")
                      ? Optional.of(
                          new BindTls(
                              List.of(
                                  new CertificateSettings("a.pem", List.of("a.example")),
                                  new CertificateSettings(
                                      "b.pem", List.of("b.example", "*.c.example"))),
                              r.contains("strict-sni"),
                              List.of(),
                              TlsVersions.DEFAULT,
                              BindTls.ClientVerification.NONE))
                      : Optional.empty(),
                  SPAN));
        }
        case "acl" ->
            acls.computeIfAbsent(r.getFirst(), _ -> new ArrayList<>())
                .add(test(r.subList(1, r.size())));
        case "use_backend" -> use.add(new BackendRule(format(r.getFirst()), condition(r), SPAN));
        case "use-server" ->
            useServer.add(new ServerRule(format(r.getFirst()), condition(r), SPAN));
        case "force-persist" -> persist.add(new PersistRule(true, condition(r).orElseThrow()));
        case "ignore-persist" -> persist.add(new PersistRule(false, condition(r).orElseThrow()));
        case "http-request" -> req.add(new HttpRule(action(r), condition(r), SPAN));
        case "http-response" -> res.add(new HttpRule(action(r), condition(r), SPAN));
        case "http-after-response" -> aft.add(new HttpRule(action(r), condition(r), SPAN));
        case "redirect" -> redirects.add(new RedirectRule(redirect(r), condition(r), SPAN));
        case "tcp-request" -> {
          TcpAction a =
              r.get(1).equals("accept") ? new TcpAction.Accept() : new SharedAction.Reject();
          (r.get(0).equals("content") ? tcpContent : tcpConn)
              .add(new TcpRule(a, condition(r), SPAN));
        }
        case "http-reuse" ->
            reuse = HttpReuse.valueOf(r.getFirst().toUpperCase(java.util.Locale.ROOT));
        case "cookie" -> {
          List<String> dom = new ArrayList<>(), attr = new ArrayList<>();
          for (int i = 0; i < r.size(); i++) {
            if (r.get(i).equals("domain")) dom.add(r.get(i + 1));
            if (r.get(i).equals("attr")) attr.add(r.get(i + 1));
          }
          cookie =
              Optional.of(
                  new CookieSettings(
                      r.getFirst(),
                      r.contains("insert")
                          ? CookieSettings.Kind.INSERT
                          : r.contains("prefix")
                              ? CookieSettings.Kind.PREFIX
                              : r.contains("rewrite")
                                  ? CookieSettings.Kind.REWRITE
                                  : CookieSettings.Kind.PASSIVE,
                      r.contains("indirect"),
                      r.contains("nocache"),
                      r.contains("postonly"),
                      r.contains("preserve"),
                      r.contains("httponly"),
                      r.contains("secure"),
                      dom,
                      Optional.ofNullable(after(r, "maxidle")).map(SmallConfiguration::time),
                      Optional.ofNullable(after(r, "maxlife")).map(SmallConfiguration::time),
                      attr,
                      false,
                      Optional.empty()));
        }
        case "capture" -> {
          if (r.get(0).equals("cookie"))
            cc = Optional.of(new CookieCapture(r.get(1), false, Integer.parseInt(r.get(3))));
          else
            (r.get(0).equals("request") ? cq : cs)
                .add(new HeaderCapture(r.get(2), Integer.parseInt(r.get(4))));
        }
        case "stats" -> {
          if (r.getFirst().equals("uri") || r.getFirst().equals("enable"))
            stats =
                Optional.of(
                    new StatsSettings(
                        true,
                        r.getFirst().equals("uri") ? r.get(1) : "/haproxy?stats",
                        Optional.empty(),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        List.of(),
                        List.of(),
                        List.of()));
        }
        case "stick-table" ->
            table =
                Optional.of(
                    new StickTableSettings(
                        s.name,
                        StickTableSettings.KeyType.valueOf(
                            after(r, "type").toUpperCase(java.util.Locale.ROOT)),
                        32,
                        num(r, "size", 1000),
                        Optional.ofNullable(after(r, "expire")).map(SmallConfiguration::time),
                        r.contains("nopurge"),
                        List.of(),
                        Optional.empty()));
        case "stick" -> {
          boolean on = r.getFirst().equals("on");
          stick.add(
              new StickRule(
                  on || r.getFirst().equals("match"),
                  on || r.getFirst().startsWith("store"),
                  r.getFirst().equals("store-response"),
                  sample(r.get(1)),
                  Optional.ofNullable(after(r, "table")).orElse(s.name),
                  condition(r)));
        }
        case "default-server" -> def.addAll(r);
        case "server" -> servers.add(server(w, servers.size() + 1, def));
        default -> throw new IllegalArgumentException(l);
      }
    }
    Timeouts timeouts =
        new Timeouts(
            o(t, "client"),
            o(t, "client-fin"),
            o(t, "server"),
            o(t, "server-fin"),
            o(t, "connect"),
            o(t, "queue"),
            o(t, "check"),
            o(t, "http-request"),
            o(t, "http-keep-alive"),
            o(t, "tunnel"),
            o(t, "tarpit"));
    return new ProxySettings(
        s.name,
        id,
        mode,
        false,
        Optional.empty(),
        fe
            ? Optional.of(
                new FrontendSettings(
                    binds,
                    maxconn,
                    Optional.empty(),
                    0,
                    defBe,
                    use,
                    mon,
                    List.of(),
                    cq,
                    cs,
                    cc,
                    Optional.empty(),
                    Optional.empty()))
            : Optional.empty(),
        be
            ? Optional.of(
                new BackendSettings(
                    balance,
                    hash,
                    0,
                    cookie,
                    servers,
                    useServer,
                    persist,
                    stick,
                    retries,
                    retryOn,
                    fullconn,
                    new CheckMethod.TcpConnect(),
                    reuse,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
            : Optional.empty(),
        timeouts,
        new ProxyOptions(flags, cm, ff, Optional.empty(), redisp),
        new TreeMap<>(),
        new LogSettings(targets, style, fmt, Optional.empty(), Optional.empty(), Optional.empty()),
        stats,
        table,
        new RuleSets(
            tcpConn,
            List.of(),
            tcpContent,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            req,
            res,
            aft,
            redirects),
        Optional.empty(),
        SPAN);
  }

  static Optional<Duration> o(Map<String, Duration> t, String k) {
    return Optional.ofNullable(t.get(k));
  }
}
