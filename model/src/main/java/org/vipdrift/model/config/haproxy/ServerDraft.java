package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.AgentCheck;
import org.vipdrift.model.haproxy.settings.PoolSettings;
import org.vipdrift.model.haproxy.settings.Resolution;
import org.vipdrift.model.haproxy.settings.SampleExpression;
import org.vipdrift.model.haproxy.settings.ServerAddress;
import org.vipdrift.model.haproxy.settings.ServerCheck;
import org.vipdrift.model.haproxy.settings.ServerPort;
import org.vipdrift.model.haproxy.settings.ServerSettings;
import org.vipdrift.model.haproxy.settings.ServerTls;
import org.vipdrift.model.haproxy.settings.SourceAddress;
import org.vipdrift.model.haproxy.settings.TlsVersions;

/** A server, or what default-server says, while it is read. */
final class ServerDraft {
  String name = "";
  int id;
  ServerAddress address = new ServerAddress.Name("");
  ServerPort port = new ServerPort.Absent();
  SourceSpan span = SourceSpan.of(new SourcePosition("", 1, 1), 0);
  int weight = 1;
  boolean backup;
  boolean disabled;
  boolean nonStick;
  Optional<String> cookie = Optional.empty();
  int maxconn;
  int minconn;
  int maxqueue;
  Duration slowstart = Duration.ZERO;
  Optional<Word> track = Optional.empty();
  Optional<String> redirect = Optional.empty();
  Optional<SourceAddress> source = Optional.empty();
  int sendProxy;
  boolean ssl;
  boolean verify;
  boolean explicitVerify;
  Optional<String> verifyHost = Optional.empty();
  Optional<SampleExpression> sni = Optional.empty();
  List<String> alpn = List.of();
  TlsVersions tls = TlsVersions.DEFAULT;
  boolean caFile;
  boolean fastCgi;
  boolean named;
  boolean check;
  Optional<ServerAddress> checkAddress = Optional.empty();
  Optional<Integer> checkPort = Optional.empty();
  Duration inter = Duration.ofSeconds(2);
  Optional<Duration> fastinter = Optional.empty();
  Optional<Duration> downinter = Optional.empty();
  int rise = 2;
  int fall = 3;
  ServerCheck.Observe observe = ServerCheck.Observe.NONE;
  int errorLimit = 10;
  ServerCheck.OnError onError = ServerCheck.OnError.FAIL_CHECK;
  boolean shutdownOnDown;
  boolean shutdownBackupOnUp;
  boolean checkSendProxy;
  boolean checkSsl;
  Optional<String> checkSni = Optional.empty();
  List<String> checkAlpn = List.of();
  boolean agentCheck;
  Optional<ServerAddress> agentAddress = Optional.empty();
  int agentPort;
  Duration agentInter = Duration.ZERO;
  Optional<String> agentSend = Optional.empty();
  int poolMax = -1;
  int poolLow;
  Duration poolPurge = Duration.ofSeconds(5);
  int maxReuse = -1;
  List<String> initAddress = List.of();
  Optional<Word> resolvers = Optional.empty();
  boolean preferIpv4;

  ServerDraft copy() {
    ServerDraft copy = new ServerDraft();
    copy.weight = weight;
    copy.backup = backup;
    copy.disabled = disabled;
    copy.nonStick = nonStick;
    copy.cookie = cookie;
    copy.maxconn = maxconn;
    copy.minconn = minconn;
    copy.maxqueue = maxqueue;
    copy.slowstart = slowstart;
    copy.track = track;
    copy.redirect = redirect;
    copy.source = source;
    copy.sendProxy = sendProxy;
    copy.ssl = ssl;
    copy.verify = verify;
    copy.explicitVerify = explicitVerify;
    copy.verifyHost = verifyHost;
    copy.sni = sni;
    copy.alpn = alpn;
    copy.tls = tls;
    copy.caFile = caFile;
    copy.fastCgi = fastCgi;
    copyCheck(copy);
    copy.poolMax = poolMax;
    copy.poolLow = poolLow;
    copy.poolPurge = poolPurge;
    copy.maxReuse = maxReuse;
    copy.initAddress = initAddress;
    copy.resolvers = resolvers;
    copy.preferIpv4 = preferIpv4;
    return copy;
  }

  private void copyCheck(ServerDraft copy) {
    copy.check = check;
    copy.checkAddress = checkAddress;
    copy.checkPort = checkPort;
    copy.inter = inter;
    copy.fastinter = fastinter;
    copy.downinter = downinter;
    copy.rise = rise;
    copy.fall = fall;
    copy.observe = observe;
    copy.errorLimit = errorLimit;
    copy.onError = onError;
    copy.shutdownOnDown = shutdownOnDown;
    copy.shutdownBackupOnUp = shutdownBackupOnUp;
    copy.checkSendProxy = checkSendProxy;
    copy.checkSsl = checkSsl;
    copy.checkSni = checkSni;
    copy.checkAlpn = checkAlpn;
    copy.agentCheck = agentCheck;
    copy.agentAddress = agentAddress;
    copy.agentPort = agentPort;
    copy.agentInter = agentInter;
    copy.agentSend = agentSend;
  }

  /** The same server under another name, for templates. */
  ServerDraft named(String newName) {
    ServerDraft copy = copy();
    copy.name = newName;
    copy.address = address;
    copy.port = port;
    copy.span = span;
    return copy;
  }

  ServerSettings finish() {
    ServerCheck settings =
        new ServerCheck(
            check,
            checkAddress,
            checkPort,
            inter,
            fastinter,
            downinter,
            rise,
            fall,
            observe,
            errorLimit,
            onError,
            shutdownOnDown,
            shutdownBackupOnUp,
            checkSendProxy || sendProxy > 0 && checkPort.isEmpty() && checkAddress.isEmpty(),
            checkSsl || ssl && checkPort.isEmpty() && checkAddress.isEmpty(),
            checkSni,
            checkAlpn);
    Optional<AgentCheck> agent =
        agentCheck && agentPort > 0
            ? Optional.of(
                new AgentCheck(
                    agentAddress, agentPort, agentInter.isZero() ? inter : agentInter, agentSend))
            : Optional.empty();
    return new ServerSettings(
        name,
        id,
        address,
        port,
        weight,
        backup,
        disabled,
        nonStick,
        cookie,
        maxconn,
        minconn == 0 ? maxconn : minconn > maxconn && maxconn > 0 ? maxconn : minconn,
        maxqueue,
        slowstart,
        track.map(Word::text),
        redirect,
        source,
        sendProxy,
        ssl ? Optional.of(new ServerTls(verify, verifyHost, sni, alpn, tls)) : Optional.empty(),
        settings,
        agent,
        new PoolSettings(poolMax, poolLow, poolPurge, maxReuse),
        new Resolution(initAddress, resolvers.map(Word::text), preferIpv4),
        span);
  }
}
