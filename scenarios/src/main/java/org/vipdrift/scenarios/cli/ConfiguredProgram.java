package org.vipdrift.scenarios.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.haproxy.HaproxyParser;
import org.vipdrift.model.config.haproxy.ParseOptions;
import org.vipdrift.model.config.nginx.HostNames;
import org.vipdrift.model.config.nginx.NginxParser;
import org.vipdrift.scenarios.file.DiskFiles;

/** Whose configuration a file is, told by its name. */
enum ConfiguredProgram {
  KEEPALIVED,
  HAPROXY,
  NGINX;

  /** What ends in .cfg or speaks of haproxy is HAProxy's, what speaks of nginx nginx's. */
  static ConfiguredProgram of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".cfg") || name.contains("haproxy")) {
      return HAPROXY;
    }
    return name.contains("nginx") ? NGINX : KEEPALIVED;
  }

  String called() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong with the file; keepalived's are read together elsewhere. */
  List<Problem> problems(Path file) {
    return switch (this) {
      case KEEPALIVED -> List.of();
      case HAPROXY ->
          HaproxyParser.parse(new DiskFiles(), file.toString(), ParseOptions.DEFAULT).problems();
      case NGINX ->
          NginxParser.parse(new DiskFiles(), file.toString(), HostNames.LOCALHOST).problems();
    };
  }
}
