package org.vipdrift.model.nginx;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.frame.IpAddress;

/**
 * {@code proxy_pass} with the proxy directives that hold there.
 *
 * @param upstream the name of an {@link Upstream}, or the address as written
 * @param target the whole URL where it has variables
 * @param uri replaces the location's text in the path; empty passes the path as it came
 * @param authority the value of {@code $proxy_host}
 * @param headers {@code proxy_set_header}; names of an empty value are not sent
 * @param protocol {@code 1.0} or {@code 1.1}
 * @param tries 0 for no limit
 * @param triesTimeout zero for no limit
 * @param ignoresAbort whether the upstream is waited for when the client has gone
 * @param hidden fields that are not passed on to the client
 * @param redirects {@code proxy_redirect}: what Location fields begin with, and what with instead
 */
public record ProxyPass(
    boolean tls,
    String upstream,
    Optional<Template> target,
    Optional<String> uri,
    String authority,
    List<Header> headers,
    String protocol,
    Duration connectTimeout,
    Duration sendTimeout,
    Duration readTimeout,
    Set<Failure> nextUpstream,
    int tries,
    Duration triesTimeout,
    boolean ignoresAbort,
    List<String> hidden,
    List<Redirect> redirects,
    Optional<Template> method,
    Optional<IpAddress> source) {
  public ProxyPass {
    headers = List.copyOf(headers);
    hidden = List.copyOf(hidden);
    redirects = List.copyOf(redirects);
  }

  /** A field for the upstream. */
  public record Header(String name, Template value) {}

  /** A pair of {@code proxy_redirect}. */
  public record Redirect(Template from, Template to) {}

  /** What {@code proxy_next_upstream} names. */
  public enum Failure {
    ERROR("error"),
    TIMEOUT("timeout"),
    INVALID_HEADER("invalid_header"),
    HTTP_500("http_500"),
    HTTP_502("http_502"),
    HTTP_503("http_503"),
    HTTP_504("http_504"),
    HTTP_403("http_403"),
    HTTP_404("http_404"),
    HTTP_429("http_429"),
    NON_IDEMPOTENT("non_idempotent"),
    OFF("off"),
    UPDATING("updating");

    private final String keyword;

    Failure(String keyword) {
      this.keyword = keyword;
    }

    public String keyword() {
      return keyword;
    }
  }
}
