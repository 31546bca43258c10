package org.vipdrift.model.config.nginx;

import java.util.Optional;

/** The files that the package of nginx installs beside nginx.conf. */
final class PackagedFiles {
  /** Debian's proxy_params. */
  private static final String PROXY_PARAMS =
      """
      proxy_set_header Host $http_host;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      """;

  private PackagedFiles() {}

  /** The text of such a file, as far as it matters here; empty if the path names none. */
  static Optional<String> text(String path) {
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "proxy_params" -> Optional.of(PROXY_PARAMS);
      case "mime.types", "fastcgi_params", "fastcgi.conf", "uwsgi_params", "scgi_params" ->
          Optional.of("");
      default -> Optional.empty();
    };
  }
}
