package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.BackendRule;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.BindSettings;
import org.vipdrift.model.haproxy.settings.CompressionSettings;
import org.vipdrift.model.haproxy.settings.Condition;
import org.vipdrift.model.haproxy.settings.CookieCapture;
import org.vipdrift.model.haproxy.settings.CookieSettings;
import org.vipdrift.model.haproxy.settings.DispatchAddress;
import org.vipdrift.model.haproxy.settings.HashType;
import org.vipdrift.model.haproxy.settings.HeaderCapture;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.haproxy.settings.HttpReuse;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.LogStyle;
import org.vipdrift.model.haproxy.settings.LogTarget;
import org.vipdrift.model.haproxy.settings.PersistRule;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ProxyOptions;
import org.vipdrift.model.haproxy.settings.RetryCondition;
import org.vipdrift.model.haproxy.settings.ServerRule;
import org.vipdrift.model.haproxy.settings.SourceAddress;
import org.vipdrift.model.haproxy.settings.StickRule;
import org.vipdrift.model.haproxy.settings.StickTableSettings;

/** A proxy, or a {@code defaults} section, while it is read. */
final class ProxyDraft {
  /** The kind of section. */
  enum Kind {
    DEFAULTS,
    FRONTEND,
    BACKEND,
    LISTEN
  }

  final Kind kind;
  final String name;
  final SourceSpan span;
  Optional<ProxyDraft> defaults = Optional.empty();
  int id;
  boolean explicitId;
  boolean http;
  boolean disabled;
  Optional<String> description = Optional.empty();
  Optional<Integer> maxconn = Optional.empty();
  Optional<Integer> backlog = Optional.empty();
  Optional<Integer> fullconn = Optional.empty();
  int sessionRateLimit;
  int retries = 3;
  final Map<String, Duration> timeouts = new TreeMap<>();
  final Set<ProxyOption> flags = EnumSet.noneOf(ProxyOption.class);
  ProxyOptions.ConnectionMode connectionMode = ProxyOptions.ConnectionMode.KEEP_ALIVE;
  Optional<ProxyOptions.ForwardFor> forwardFor = Optional.empty();
  Optional<ProxyOptions.ForwardFor> originalTo = Optional.empty();
  Optional<Integer> redispatch = Optional.empty();
  Optional<Word> defaultBackend = Optional.empty();
  final List<BindSettings> binds = new ArrayList<>();
  final List<BackendRule> backendRules = new ArrayList<>();
  Optional<String> monitorUri = Optional.empty();
  final List<Condition> monitorFail = new ArrayList<>();
  final List<HeaderCapture> requestCaptures = new ArrayList<>();
  final List<HeaderCapture> responseCaptures = new ArrayList<>();
  Optional<CookieCapture> cookieCapture = Optional.empty();
  Optional<LogFormat> uniqueIdFormat = Optional.empty();
  Optional<String> uniqueIdHeader = Optional.empty();
  Balance balance = new Balance.RoundRobin();
  HashType hashType = HashType.DEFAULT;
  int hashBalanceFactor;
  Optional<CookieSettings> cookie = Optional.empty();
  Optional<String> dynamicCookieKey = Optional.empty();
  final List<ServerDraft> servers = new ArrayList<>();
  ServerDraft serverDefaults = new ServerDraft();
  final List<ServerRule> serverRules = new ArrayList<>();
  final List<PersistRule> persistRules = new ArrayList<>();
  final List<StickRule> stickRules = new ArrayList<>();
  final Set<RetryCondition> retryOn = EnumSet.of(RetryCondition.CONN_FAILURE);
  HttpReuse httpReuse = HttpReuse.SAFE;
  Optional<Integer> maxKeepAliveQueue = Optional.empty();
  Optional<DispatchAddress> dispatch = Optional.empty();
  Optional<SourceAddress> source = Optional.empty();
  final Map<String, String> emailAlert = new TreeMap<>();
  CheckDraft check = new CheckDraft();
  final SortedMap<Integer, HttpReply> errorFiles = new TreeMap<>();
  final List<Line> errorSections = new ArrayList<>();
  final List<LogTarget> logTargets = new ArrayList<>();
  boolean logGlobal;
  LogStyle logStyle = LogStyle.DEFAULT;
  Optional<LogFormat> logFormat = Optional.empty();
  Optional<SourceSpan> logFormatSpan = Optional.empty();
  Optional<LogFormat> errorLogFormat = Optional.empty();
  boolean ownErrorLogFormat;
  Optional<LogFormat> structuredData = Optional.empty();
  Optional<String> logTag = Optional.empty();
  Optional<StatsDraft> stats = Optional.empty();
  Optional<StickTableSettings> stickTable = Optional.empty();
  final RuleDraft rules = new RuleDraft();
  final Map<String, List<AclParser.Parsed>> acls = new LinkedHashMap<>();

  /** Names of ACLs that could not be read; using them is not reported again. */
  final Set<String> brokenAcls = new TreeSet<>();

  Optional<CompressionSettings> compression = Optional.empty();

  ProxyDraft(Kind kind, String name, SourceSpan span) {
    this.kind = kind;
    this.name = name;
    this.span = span;
  }

  /** For expressions outside of any proxy. */
  static ProxyDraft none() {
    return new ProxyDraft(Kind.DEFAULTS, "", SourceSpan.of(new SourcePosition("", 1, 1), 0));
  }

  boolean isFrontend() {
    return kind == Kind.FRONTEND || kind == Kind.LISTEN;
  }

  boolean isBackend() {
    return kind == Kind.BACKEND || kind == Kind.LISTEN;
  }

  boolean isHttp() {
    return http;
  }

  /** Takes over what a defaults section says. */
  void inherit(ProxyDraft from) {
    defaults = Optional.of(from);
    http = from.http;
    disabled = from.disabled;
    timeouts.putAll(from.timeouts);
    flags.addAll(from.flags);
    connectionMode = from.connectionMode;
    forwardFor = from.forwardFor;
    originalTo = from.originalTo;
    errorFiles.putAll(from.errorFiles);
    errorSections.addAll(from.errorSections);
    logTargets.addAll(from.logTargets);
    logGlobal = from.logGlobal;
    logStyle = from.logStyle;
    logFormat = from.logFormat;
    logFormatSpan = from.logFormatSpan;
    errorLogFormat = from.errorLogFormat;
    structuredData = from.structuredData;
    logTag = from.logTag;
    stats = from.stats.map(StatsDraft::copy);
    compression = from.compression;
    emailAlert.putAll(from.emailAlert);
    if (isFrontend() || kind == Kind.DEFAULTS) {
      maxconn = from.maxconn;
      backlog = from.backlog;
      sessionRateLimit = from.sessionRateLimit;
      defaultBackend = from.defaultBackend;
      monitorUri = from.monitorUri;
      uniqueIdFormat = from.uniqueIdFormat;
      uniqueIdHeader = from.uniqueIdHeader;
    }
    if (isBackend() || kind == Kind.DEFAULTS) {
      inheritBackend(from);
    }
  }

  private void inheritBackend(ProxyDraft from) {
    fullconn = from.fullconn;
    retries = from.retries;
    redispatch = from.redispatch;
    balance = from.balance;
    hashType = from.hashType;
    hashBalanceFactor = from.hashBalanceFactor;
    cookie = from.cookie;
    dynamicCookieKey = from.dynamicCookieKey;
    serverDefaults = from.serverDefaults.copy();
    retryOn.clear();
    retryOn.addAll(from.retryOn);
    httpReuse = from.httpReuse;
    maxKeepAliveQueue = from.maxKeepAliveQueue;
    source = from.source;
    check = from.check.copy();
  }
}
