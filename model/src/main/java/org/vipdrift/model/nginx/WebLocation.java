package org.vipdrift.model.nginx;

import java.util.List;
import java.util.Optional;

/**
 * A {@code location} block, a {@code server}'s own level, or the inside of an {@code if}.
 *
 * @param steps the rewrite module's directives in the order of the file
 * @param proxy where requests go; empty serves files
 * @param errorPages inherited if it has none of its own
 * @param locations nested ones, in the order of the file
 */
public record WebLocation(
    LocationMatch match,
    List<RewriteStep> steps,
    Optional<ProxyPass> proxy,
    boolean stubStatus,
    boolean internal,
    FileRules files,
    List<AccessRule> access,
    List<ErrorPage> errorPages,
    boolean interceptsErrors,
    List<AddedHeader> addedHeaders,
    boolean showsVersion,
    RedirectRules redirects,
    List<WebLocation> locations) {
  public WebLocation {
    steps = List.copyOf(steps);
    access = List.copyOf(access);
    errorPages = List.copyOf(errorPages);
    addedHeaders = List.copyOf(addedHeaders);
    locations = List.copyOf(locations);
  }

  /**
   * How a request's path becomes a file.
   *
   * @param alias instead of {@code root}: the location's own text is replaced
   * @param tryFiles the last one is the fallback: a path, {@code @name} or {@code =code}
   */
  public record FileRules(
      Template root,
      Optional<Template> alias,
      List<Template> index,
      List<Template> tryFiles,
      String defaultType) {
    public FileRules {
      index = List.copyOf(index);
      tryFiles = List.copyOf(tryFiles);
    }
  }

  /**
   * {@code error_page}.
   *
   * @param answer the status the client sees; empty keeps the error's, 0 takes the page's
   */
  public record ErrorPage(List<Integer> statuses, Optional<Integer> answer, Template target) {
    public ErrorPage {
      statuses = List.copyOf(statuses);
    }
  }

  /** {@code add_header}; without {@code always} on good answers and redirects only. */
  public record AddedHeader(String name, Template value, boolean always) {}

  /** How redirects are written. */
  public record RedirectRules(boolean absolute, boolean withPort, boolean withServerName) {}
}
