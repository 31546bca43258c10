package org.vipdrift.model.checker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** What a checker does. */
public sealed interface Check {
  /** Its name in the configuration. */
  String keyword();

  /** TCP_CHECK: a connection can be opened. */
  record Tcp() implements Check {
    @Override
    public String keyword() {
      return "TCP_CHECK";
    }
  }

  /**
   * HTTP_GET or SSL_GET: one URL after another.
   *
   * @param tls whether it is SSL_GET
   * @param serverNameIndication whether the virtual host is sent in the handshake
   * @param urls at least one
   * @param fastRecovery whether the URLs follow each other at once while the server is not up
   */
  record Http(
      boolean tls,
      boolean serverNameIndication,
      Protocol protocol,
      boolean fastRecovery,
      Optional<String> virtualHost,
      List<Url> urls)
      implements Check {
    public Http {
      urls = List.copyOf(urls);
      if (urls.isEmpty()) {
        throw new IllegalArgumentException("HTTP_GET without a URL");
      }
    }

    @Override
    public String keyword() {
      return tls ? "SSL_GET" : "HTTP_GET";
    }
  }

  /** What is said in the request line. */
  enum Protocol {
    HTTP_1_0,
    /** 1.0 with {@code Connection: close}. */
    HTTP_1_0_CLOSE,
    HTTP_1_1
  }

  /**
   * A URL and what its answer must be.
   *
   * @param digest MD5 of the body in lower-case hexadecimal
   * @param statuses ranges of what counts as good
   * @param pattern searched for in the body
   * @param patternForbidden whether finding it is the failure
   */
  record Url(
      String path,
      Optional<String> virtualHost,
      Optional<String> digest,
      List<StatusRange> statuses,
      Optional<String> pattern,
      boolean patternForbidden,
      boolean caseless) {
    public Url {
      statuses = List.copyOf(statuses);
    }
  }

  /** Status codes from 100 to 599, both ends included. */
  record StatusRange(int first, int last) {
    /** Where none is configured. */
    public static final StatusRange SUCCESS = new StatusRange(200, 299);

    public boolean contains(int status) {
      return status >= first && status <= last;
    }
  }

  /**
   * MISC_CHECK: a script.
   *
   * @param command the words, the first of them the program
   * @param timeout after which it is ended and has failed
   * @param dynamic whether an exit code of 2 and more sets the weight, 2 less
   */
  record Misc(List<String> command, Optional<Duration> timeout, boolean dynamic) implements Check {
    public Misc {
      command = List.copyOf(command);
    }

    @Override
    public String keyword() {
      return "MISC_CHECK";
    }
  }

  /** PING_CHECK: an ICMP echo. */
  record Ping() implements Check {
    @Override
    public String keyword() {
      return "PING_CHECK";
    }
  }

  /**
   * UDP_CHECK: a datagram that is not answered with an ICMP error.
   *
   * @param payload what is sent; 16 octets of nothing in particular where none is configured
   * @param reply what must come back, if anything
   */
  record Udp(Optional<Octets> payload, Optional<Reply> reply) implements Check {
    @Override
    public String keyword() {
      return "UDP_CHECK";
    }
  }

  /**
   * What a UDP server must answer.
   *
   * @param data what the answer begins with
   * @param mask which bits of it count; as long as {@code data}
   */
  record Reply(Octets data, Octets mask, int shortest, int longest) {}

  /**
   * DNS_CHECK: a query over UDP is answered without an error.
   *
   * @param type the number of the record type
   * @param name with or without a dot at its end
   */
  record Dns(int type, String name) implements Check {
    /** A type by its name. */
    public static Optional<Integer> type(String name) {
      return switch (name.toUpperCase(java.util.Locale.ROOT)) {
        case "A" -> Optional.of(1);
        case "NS" -> Optional.of(2);
        case "CNAME" -> Optional.of(5);
        case "SOA" -> Optional.of(6);
        case "MX" -> Optional.of(15);
        case "TXT" -> Optional.of(16);
        case "AAAA" -> Optional.of(28);
        default -> Optional.empty();
      };
    }

    @Override
    public String keyword() {
      return "DNS_CHECK";
    }
  }

  /** SMTP_CHECK: greeting, HELO and QUIT. */
  record Smtp(String helloName) implements Check {
    @Override
    public String keyword() {
      return "SMTP_CHECK";
    }
  }
}
