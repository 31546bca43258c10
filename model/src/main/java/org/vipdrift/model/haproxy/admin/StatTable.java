package org.vipdrift.model.haproxy.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.haproxy.ProxyFigures;
import org.vipdrift.model.haproxy.ProxyProcess;
import org.vipdrift.model.haproxy.settings.BackendSettings;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.haproxy.settings.ServerSettings;
import org.vipdrift.model.health.Administration;
import org.vipdrift.model.health.HealthBoard;
import org.vipdrift.model.health.HealthBoard.ServerRef;
import org.vipdrift.model.health.ServerHealth;

/** What {@code show stat} prints: the columns of HAProxy 2.6 in their order. */
final class StatTable {
  private static final long SECOND = 1_000_000_000L;

  private static final List<String> COLUMNS =
      List.of(
          ("pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,"
                  + "eresp,wretr,wredis,status,weight,act,bck,chkfail,chkdown,lastchg,downtime,"
                  + "qlimit,pid,iid,sid,throttle,lbtot,tracked,type,rate,rate_lim,rate_max,"
                  + "check_status,check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,"
                  + "hrsp_5xx,hrsp_other,hanafail,req_rate,req_rate_max,req_tot,cli_abrt,srv_abrt,"
                  + "comp_in,comp_out,comp_byp,comp_rsp,lastsess,last_chk,last_agt,qtime,ctime,"
                  + "rtime,ttime,agent_status,agent_code,agent_duration,check_desc,agent_desc,"
                  + "check_rise,check_fall,check_health,agent_rise,agent_fall,agent_health,addr,"
                  + "cookie,mode,algo,conn_rate,conn_rate_max,conn_tot,intercepted,dcon,dses,wrew,"
                  + "connect,reuse,cache_lookups,cache_hits,srv_icur,src_ilim,qtime_max,ctime_max,"
                  + "rtime_max,ttime_max,eint,idle_conn_cur,safe_conn_cur,used_conn_cur,"
                  + "need_conn_est,uweight,agg_server_status,agg_server_check_status,"
                  + "agg_check_status,-,ssl_sess,ssl_reused_sess,ssl_failed_handshake,"
                  + "h2_headers_rcvd,h2_data_rcvd,h2_settings_rcvd,h2_rst_stream_rcvd,"
                  + "h2_goaway_rcvd,h2_detected_conn_protocol_errors,"
                  + "h2_detected_strm_protocol_errors,h2_rst_stream_resp,h2_goaway_resp,"
                  + "h2_open_connections,h2_backend_open_streams,h2_total_connections,"
                  + "h2_backend_total_streams,h1_open_connections,h1_open_streams,"
                  + "h1_total_connections,h1_total_streams,h1_bytes_in,h1_bytes_out,"
                  + "h1_spliced_bytes_in,h1_spliced_bytes_out")
              .split(","));

  private final HaproxyConfiguration configuration;
  private final HealthBoard board;
  private final ProxyFigures figures;
  private final SortedSet<String> paused;
  private final Map<ServerRef, Integer> limits;
  private final long at;

  StatTable(
      HaproxyConfiguration configuration,
      HealthBoard board,
      ProxyFigures figures,
      SortedSet<String> paused,
      Map<ServerRef, Integer> limits,
      long at) {
    this.limits = limits;
    this.configuration = configuration;
    this.board = board;
    this.figures = figures;
    this.paused = paused;
    this.at = at;
  }

  String text(AdminCommand.ShowStat wanted) {
    StringBuilder text = new StringBuilder("# ");
    text.append(String.join(",", COLUMNS)).append(",\n");
    for (ProxySettings proxy : configuration.proxies()) {
      if (!wanted
          .proxy()
          .map(p -> p.equals(proxy.name()) || p.equals(Integer.toString(proxy.id())))
          .orElse(true)) {
        continue;
      }
      boolean whole = wanted.server() == -1 || wanted.server() == 0;
      if (proxy.isFrontend() && (wanted.types() & 1) != 0 && whole) {
        append(text, frontend(proxy));
      }
      if (proxy.isBackend() && (wanted.types() & 4) != 0) {
        board.servers(proxy.name()).stream()
            .filter(r -> wanted.server() == -1 || wanted.server() == board.server(r).id())
            .forEach(ref -> append(text, server(proxy, ref)));
      }
      if (proxy.isBackend() && (wanted.types() & 2) != 0 && whole) {
        append(text, backend(proxy));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Map<String, Object> row) {
    for (String column : COLUMNS) {
      text.append(row.getOrDefault(column, "")).append(',');
    }
    text.append('\n');
  }

  private static Map<String, Object> row(
      ProxySettings proxy, String name, int type, ProxyFigures.Counters counters) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("pxname", proxy.name());
    row.put("svname", name);
    row.put("scur", counters.scur());
    row.put("smax", counters.smax());
    row.put("stot", counters.stot());
    row.put("bin", counters.bin());
    row.put("bout", counters.bout());
    row.put("dresp", counters.dresp());
    row.put("pid", 1);
    row.put("iid", proxy.id());
    row.put("sid", 0);
    row.put("type", type);
    row.put("rate", counters.rate());
    row.put("rate_max", counters.rateMax());
    row.put("mode", proxy.isHttp() ? "http" : "tcp");
    row.put("-", "-");
    if (proxy.isHttp()) {
      row.put("hrsp_1xx", counters.status1xx());
      row.put("hrsp_2xx", counters.status2xx());
      row.put("hrsp_3xx", counters.status3xx());
      row.put("hrsp_4xx", counters.status4xx());
      row.put("hrsp_5xx", counters.status5xx());
      row.put("hrsp_other", counters.statusOther());
    }
    return row;
  }

  private static void zeros(Map<String, Object> row, String... columns) {
    for (String column : columns) {
      row.put(column, 0);
    }
  }

  private static String algorithm(Balance balance) {
    return switch (balance) {
      case Balance.RoundRobin _ -> "roundrobin";
      case Balance.StaticRoundRobin _ -> "static-rr";
      case Balance.LeastConnections _ -> "leastconn";
      case Balance.First _ -> "first";
      case Balance.Random _ -> "random";
      case Balance.Source _ -> "source";
      case Balance.Uri _ -> "uri";
      case Balance.UrlParameter _ -> "url_param";
      case Balance.Header _ -> "hdr";
      case Balance.RdpCookie _ -> "rdp-cookie";
      case Balance.Hash _ -> "hash";
    };
  }

  private static void addForwarding(Map<String, Object> row, ProxyFigures.Counters counters) {
    row.put("qcur", counters.qcur());
    row.put("qmax", counters.qmax());
    zeros(row, "qtime", "ctime", "rtime", "ttime", "qtime_max", "ctime_max", "rtime_max");
    zeros(row, "ttime_max", "wrew", "connect", "reuse", "eint");
    row.put("lastsess", -1);
    row.put("econ", counters.econ());
    row.put("eresp", counters.eresp());
    row.put("wretr", counters.wretr());
    row.put("wredis", counters.wredis());
    row.put("lbtot", counters.lbtot());
    row.put("cli_abrt", counters.clientAborts());
    row.put("srv_abrt", counters.serverAborts());
  }

  private Map<String, Object> frontend(ProxySettings proxy) {
    ProxyFigures.Counters counters =
        figures.frontends().getOrDefault(proxy.name(), ProxyFigures.Counters.ZERO);
    Map<String, Object> row = row(proxy, "FRONTEND", 0, counters);
    zeros(row, "req_rate", "req_rate_max", "req_tot", "comp_in", "comp_out", "comp_byp");
    zeros(row, "comp_rsp", "dcon", "dses", "wrew", "eint");
    zeros(row, COLUMNS.subList(COLUMNS.indexOf("-") + 1, COLUMNS.size()).toArray(String[]::new));
    if (proxy.isHttp()) {
      zeros(row, "intercepted", "cache_lookups", "cache_hits");
    }
    row.put(
        "slim",
        proxy
            .frontend()
            .flatMap(f -> f.maxconn())
            .or(() -> configuration.global().maxconn())
            .orElse(0));
    row.put("dreq", counters.dreq());
    row.put("ereq", counters.ereq());
    row.put("status", paused.contains(proxy.name()) ? "STOP" : "OPEN");
    row.put("rate_lim", 0);
    row.put("conn_rate", counters.rate());
    row.put("conn_rate_max", counters.rateMax());
    row.put("conn_tot", counters.connections());
    if (proxy.isHttp()) {
      row.put("req_rate", counters.requestRate());
      row.put("req_rate_max", counters.requestRateMax());
      row.put("req_tot", counters.requests());
    }
    return row;
  }

  private ProxyFigures.Counters countersOf(ServerRef ref) {
    ProxyFigures.BackendCounters backend = figures.backends().get(ref.backend());
    return backend == null || ref.server() >= backend.servers().size()
        ? ProxyFigures.Counters.ZERO
        : backend.servers().get(ref.server());
  }

  private Map<String, Object> server(ProxySettings proxy, ServerRef ref) {
    ServerSettings server = board.server(ref);
    ServerHealth health = board.health(ref);
    ProxyFigures.Counters counters = countersOf(ref);
    Map<String, Object> row = row(proxy, server.name(), 2, counters);
    zeros(row, "srv_icur", "idle_conn_cur", "safe_conn_cur", "used_conn_cur", "need_conn_est");
    zeros(row, "ssl_sess", "ssl_reused_sess", "ssl_failed_handshake");
    if (proxy.isHttp()) {
      row.put("req_tot", counters.requests());
    }
    addForwarding(row, counters);
    int limit = limits.getOrDefault(ref, server.maxconn());
    row.put("slim", limit > 0 ? limit : "");
    row.put("qlimit", server.maxqueue() > 0 ? server.maxqueue() : "");
    row.put("status", status(ref));
    row.put("weight", (health.effectiveWeight(board.settings(ref)) + 15) / 16);
    row.put("uweight", health.weight());
    row.put("act", server.backup() ? 0 : 1);
    row.put("bck", server.backup() ? 1 : 0);
    row.put("lastchg", seconds(health));
    row.put("sid", server.id());
    row.put("addr", StateTable.address(server) + ":" + StateTable.port(server));
    row.put("cookie", server.cookie().orElse(""));
    if (health.state() == OperationalState.STARTING && !health.draining()) {
      row.put("throttle", throttle(health.effectiveWeight(board.settings(ref)), health.weight()));
    }
    row.put("tracked", board.via(ref));
    if (health.isChecked(board.settings(ref))) {
      addChecks(row, server, health);
    }
    return row;
  }

  /** Percent of its weight that counts, rounded as HAProxy does. */
  private static int throttle(int sixteenths, int weight) {
    return weight == 0 ? 100 : (100 * sixteenths + 15) / (16 * weight);
  }

  private static void addChecks(
      Map<String, Object> row, ServerSettings server, ServerHealth health) {
    row.put("chkfail", health.failedChecks());
    row.put("chkdown", health.timesDown());
    if (health.inMaintenance()) {
      return;
    }
    row.put("check_rise", server.check().rise());
    row.put("check_fall", server.check().fall());
    row.put("check_health", health.counter());
    row.put("check_status", health.lastCheck().map(r -> r.status().text()).orElse("INI"));
    row.put("check_desc", health.lastCheck().map(r -> r.status().words()).orElse("Initializing"));
    health
        .lastCheck()
        .ifPresent(
            r -> {
              row.put("check_code", r.status().hasCode() ? r.code() : "");
              row.put("check_duration", r.duration().toMillis());
              row.put("last_chk", r.info());
            });
  }

  private String status(ServerRef ref) {
    ServerHealth health = board.health(ref);
    if (health.inMaintenance()) {
      return health.administration().has(Administration.Flag.INHERITED_MAINTENANCE)
          ? "MAINT (via " + board.via(ref) + ")"
          : "MAINT";
    }
    ServerRef root = ref;
    while (board.tracked(root).isPresent()) {
      root = board.tracked(root).orElseThrow();
    }
    if (!board.health(root).isChecked(board.settings(root))) {
      return switch (health.state()) {
        case STOPPED -> "DOWN";
        case STOPPING -> "NOLB";
        case STARTING, RUNNING -> health.draining() ? "DRAIN" : "no check";
      };
    }
    int counter = board.health(root).counter();
    int rise = board.server(root).check().rise();
    int fall = board.server(root).check().fall();
    boolean top = counter == rise + fall - 1;
    String progress =
        health.state() == OperationalState.STOPPED
            ? " " + counter + "/" + rise
            : " " + (counter - rise + 1) + "/" + fall;
    return switch (health.state()) {
      case STOPPED -> counter == 0 ? "DOWN" : "DOWN" + progress;
      case STOPPING -> top ? "NOLB" : "NOLB" + progress;
      case STARTING, RUNNING ->
          (health.draining() || health.weight() == 0 ? "DRAIN" : "UP") + (top ? "" : progress);
    };
  }

  private long seconds(ServerHealth health) {
    return (at - health.changedAt()) / SECOND;
  }

  private Map<String, Object> backend(ProxySettings proxy) {
    String name = proxy.name();
    BackendSettings settings = proxy.backend().orElseThrow();
    ProxyFigures.BackendCounters found = figures.backends().get(name);
    ProxyFigures.Counters counters = found == null ? ProxyFigures.Counters.ZERO : found.own();
    Map<String, Object> row = row(proxy, "BACKEND", 1, counters);
    addForwarding(row, counters);
    int active = board.usableActive(name);
    int backup = board.usableBackup(name);
    zeros(row, "comp_in", "comp_out", "comp_byp", "comp_rsp", "agg_server_status");
    zeros(row, "agg_server_check_status", "agg_check_status");
    zeros(row, COLUMNS.subList(COLUMNS.indexOf("-") + 1, COLUMNS.size()).toArray(String[]::new));
    HealthBoard.Availability availability = board.availability(name);
    boolean down = active + backup == 0 && !settings.servers().isEmpty();
    row.put("chkdown", availability.timesDown());
    row.put("lastchg", (at - availability.changedAt()) / SECOND);
    if (!settings.servers().isEmpty()) {
      long since = down ? at - availability.changedAt() : 0;
      row.put("downtime", (availability.downNanos() + since) / SECOND);
    }
    if (proxy.isHttp()) {
      zeros(row, "cache_lookups", "cache_hits");
    }
    row.put("algo", algorithm(settings.balance()));
    row.put("uweight", weight(name, active == 0));
    row.put("dreq", counters.dreq());
    row.put(
        "slim",
        settings.fullconn().orElseGet(() -> ProxyProcess.fullConnections(configuration, proxy)));
    row.put("status", down ? "DOWN" : "UP");
    row.put("act", active);
    row.put("bck", backup);
    row.put("weight", weight(name, active == 0));
    if (proxy.isHttp()) {
      row.put("req_tot", counters.requests());
    }
    return row;
  }

  private int weight(String backend, boolean ofBackups) {
    int sixteenths =
        board.servers(backend).stream()
            .filter(r -> board.server(r).backup() == ofBackups && board.health(r).usable())
            .mapToInt(r -> board.health(r).effectiveWeight(board.settings(r)))
            .sum();
    return (sixteenths + 15) / 16;
  }
}
