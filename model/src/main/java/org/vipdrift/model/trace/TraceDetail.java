package org.vipdrift.model.trace;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;

/** What happened; {@link #kind} is its name in a trace file. */
public sealed interface TraceDetail {
  /** The stable name of this sort of event, as trace files and filters use it. */
  String kind();

  /** A VRRP instance changed its state; states as keepalived names them. */
  record VrrpStateChanged(String instance, String from, String to, String reason)
      implements TraceDetail {
    @Override
    public String kind() {
      return "vrrp.state";
    }
  }

  /** A VRRP instance changed its effective priority. */
  record VrrpPriorityChanged(String instance, int from, int to, String reason)
      implements TraceDetail {
    @Override
    public String kind() {
      return "vrrp.priority";
    }
  }

  /** An advertisement left the process. */
  record AdvertSent(
      String instance, int vrid, int version, int priority, IpAddress source, IpAddress destination)
      implements TraceDetail {
    @Override
    public String kind() {
      return "vrrp.advert.sent";
    }
  }

  /** An advertisement passed every receive check. */
  record AdvertReceived(String instance, int vrid, int version, int priority, IpAddress source)
      implements TraceDetail {
    @Override
    public String kind() {
      return "vrrp.advert.received";
    }
  }

  /** An advertisement was refused by a receive check. */
  record AdvertDropped(String instance, IpAddress source, String dropReason, String explanation)
      implements TraceDetail {
    @Override
    public String kind() {
      return "vrrp.advert.dropped";
    }
  }

  /** A sync group changed its state. */
  record SyncGroupChanged(String group, String from, String to, String reason)
      implements TraceDetail {
    @Override
    public String kind() {
      return "vrrp.sync-group";
    }
  }

  /**
   * A virtual address appeared in the host's address table.
   *
   * @param by the process that added it, or the action or configuration that did
   */
  record VipAdded(String networkInterface, IpAddress vip, int prefix, String by)
      implements TraceDetail {
    @Override
    public String kind() {
      return "vip.added";
    }
  }

  /** A virtual address left the host's address table. */
  record VipRemoved(String networkInterface, IpAddress vip, int prefix, String by)
      implements TraceDetail {
    @Override
    public String kind() {
      return "vip.removed";
    }
  }

  /** A gratuitous ARP or an unsolicited neighbour advertisement left the host. */
  record AddressAnnounced(String networkInterface, IpAddress vip, MacAddress mac)
      implements TraceDetail {
    @Override
    public String kind() {
      return "garp";
    }
  }

  /** How a script ended. */
  enum ScriptOutcome {
    OK,
    FAILED,
    TIMEOUT
  }

  /**
   * A check script ended.
   *
   * @param exit its exit code; empty at a timeout
   * @param status the tracker's verdict after it: up or down
   */
  record ScriptResult(String script, ScriptOutcome outcome, Optional<Integer> exit, boolean status)
      implements TraceDetail {
    @Override
    public String kind() {
      return "script.result";
    }
  }

  /** A notify script was started. */
  record NotifyStarted(List<String> command) implements TraceDetail {
    @Override
    public String kind() {
      return "notify";
    }
  }

  /**
   * A route or routing rule was added to a host's kernel, or removed.
   *
   * @param entry as {@code ip route} or {@code ip rule} shows it
   * @param by who did it
   */
  record RouteChanged(boolean added, String entry, String by) implements TraceDetail {
    @Override
    public String kind() {
      return added ? "route.added" : "route.removed";
    }
  }

  /** A script sent a mail, which the testbed recorded. */
  record MailSent(String to, String subject, String body) implements TraceDetail {
    @Override
    public String kind() {
      return "mail";
    }
  }

  /** How an echo request of a client ended. */
  enum PingOutcome {
    OK,
    TIMEOUT,
    UNREACHABLE
  }

  /**
   * One echo request of a client.
   *
   * @param holder the host that answered for the address; empty when none did
   * @param latency from the request to the answer or to giving up
   */
  record Ping(
      String client,
      IpAddress target,
      PingOutcome outcome,
      Optional<String> holder,
      Duration latency)
      implements TraceDetail {
    @Override
    public String kind() {
      return "ping";
    }
  }

  /** How an HTTP request of a client ended. */
  enum RequestOutcome {
    /** An answer with a status below 400. */
    OK,
    /** Nobody listens: RST for the SYN. */
    REFUSED,
    /** RST in an open connection. */
    RESET,
    /** No whole answer in time. */
    TIMEOUT,
    /** No route, no neighbour, or an ICMP error. */
    UNREACHABLE,
    /** An answer with a status of 400 or more. */
    HTTP_ERROR,
    /** The handshake failed, or the certificate is for another name. */
    TLS_ERROR,
    /** The server ended the connection before a whole answer. */
    CLOSED
  }

  /**
   * One HTTP request of a client.
   *
   * @param source the client's address; it tells the users of a crowd apart
   * @param status of the answer, where one came
   * @param latency from the request to the end of the answer or to giving up
   * @param holder the host that answered for the address; empty when none did
   * @param server the host whose page it was; empty if the page does not tell
   */
  record Request(
      String client,
      IpAddress source,
      String url,
      RequestOutcome outcome,
      Optional<Integer> status,
      Duration latency,
      Optional<String> holder,
      Optional<String> server)
      implements TraceDetail {
    @Override
    public String kind() {
      return "request";
    }
  }

  /** How a proxy came to regard a server. */
  enum ServerChange {
    UP("server.up"),
    DOWN("server.down"),
    /** It gets no new clients, only those that belong to it. */
    DRAIN("server.drain"),
    MAINT("server.maint"),
    /** Maintenance or draining is over; whether it is up is the checks' business. */
    READY("server.ready");

    private final String kind;

    ServerChange(String kind) {
      this.kind = kind;
    }

    public String kind() {
      return kind;
    }
  }

  /**
   * A proxy came to regard a server otherwise.
   *
   * @param proxy the backend or virtual server
   * @param reason as the program tells it; may be empty
   */
  record ServerChanged(
      String process, String proxy, String server, ServerChange change, String reason)
      implements TraceDetail {
    @Override
    public String kind() {
      return change.kind();
    }
  }

  /**
   * The timeline did something to the cluster.
   *
   * @param name the action's name in the scenario, or one made from its place
   * @param action its keyword, as {@code firewall}
   * @param target what it was done to, in words
   */
  record ActionApplied(String name, String action, String target) implements TraceDetail {
    @Override
    public String kind() {
      return "action.applied";
    }
  }

  /** An action ended. */
  record ActionHealed(String name, String action, String target) implements TraceDetail {
    @Override
    public String kind() {
      return "action.healed";
    }
  }

  /** An interface went up or down. */
  record LinkChanged(String networkInterface, boolean up) implements TraceDetail {
    @Override
    public String kind() {
      return "link";
    }
  }

  /** What became of a process. */
  enum ProcessChange {
    STARTED,
    READY,
    STOPPING,
    STOPPED,
    KILLED,
    FROZEN,
    THAWED,
    RELOADED,
    REFUSED
  }

  /** A process changed; {@code explanation} may be empty. */
  record ProcessChanged(String process, ProcessChange change, String explanation)
      implements TraceDetail {
    @Override
    public String kind() {
      return "process";
    }
  }

  /** A host was powered or paused. */
  enum HostChange {
    POWERED_OFF,
    POWERED_ON,
    PAUSED,
    RESUMED
  }

  /** A host changed. */
  record HostChanged(HostChange change) implements TraceDetail {
    @Override
    public String kind() {
      return "host";
    }
  }

  /** A line that a process logged. */
  record LogLine(String process, String text) implements TraceDetail {
    @Override
    public String kind() {
      return "log";
    }
  }

  /** Something a testbed met that it does not model, with the place that asks for it. */
  record NotModelled(String place, String what) implements TraceDetail {
    @Override
    public String kind() {
      return "not-modelled";
    }
  }
}
