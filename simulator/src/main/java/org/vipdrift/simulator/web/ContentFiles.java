package org.vipdrift.simulator.web;

import java.util.Optional;
import org.vipdrift.model.nginx.Template;

/** Serves files of the host's disk. */
final class ContentFiles {
  private final WebRequest request;

  ContentFiles(WebRequest request) {
    this.request = request;
  }

  /** A file's text; the front page that every package installs shows the host's name here. */
  static Optional<String> text(WebRequest request, String file) {
    NginxEnvironment environment = request.worker().environment();
    Optional<String> text = environment.disk().apply(file);
    boolean packaged =
        file.equals("/usr/share/nginx/html/index.html") || file.equals("/var/www/html/index.html");
    return text.isEmpty() && packaged ? Optional.of(environment.hostName() + "\n") : text;
  }

  void serve() {
    String method = request.http().method();
    String path = request.path();
    if (!path.startsWith("/")) {
      request.error(404);
      return;
    }
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (path.endsWith("/")) {
      index(path, reads);
      return;
    }
    String file = request.fileName(path);
    Optional<String> text = text(request, file);
    if (text.isPresent()) {
      if (reads) {
        request.answering().file(file, WebRequest.octets(text.get()), modifiedNanos());
      } else {
        request.error(405);
      }
    } else if (request.worker().environment().isFolder().test(file)) {
      request
          .answering()
          .redirect(301, request.args().isEmpty() ? path + "/" : path + "/?" + request.args());
    } else {
      request.error(404);
    }
  }

  private void index(String path, boolean reads) {
    for (Template template : request.location().files().index()) {
      String name = request.variables().evaluate(template);
      String target = name.startsWith("/") ? name : path + name;
      if (text(request, request.fileName(target)).isPresent()) {
        request.redirect(target);
        return;
      }
    }
    String folder = request.fileName(path);
    boolean exists =
        request.worker().environment().isFolder().test(folder.substring(0, folder.length() - 1));
    request.error(exists ? reads ? 403 : 405 : 404);
  }

  /** Files have no dates here: as old as the run. */
  private static long modifiedNanos() {
    return 1_767_225_600_000_000_000L;
  }
}
