package org.vipdrift.model.config.nginx;

import java.util.Optional;

/** The blocks of a configuration in which directives stand. */
enum Context {
  MAIN("main"),
  EVENTS("events"),
  HTTP("http"),
  SERVER("server"),
  LOCATION("location"),
  UPSTREAM("upstream"),
  SERVER_IF("server-if"),
  LOCATION_IF("location-if"),
  LIMIT_EXCEPT("limit_except"),
  STREAM("stream"),
  STREAM_SERVER("stream-server"),
  STREAM_UPSTREAM("stream-upstream"),
  /** Blocks whose lines are data: types, map, geo, split_clients, charset_map. */
  DATA("data");

  private final String text;

  Context(String text) {
    this.text = text;
  }

  static Optional<Context> named(String name) {
    for (Context context : values()) {
      if (context.text.equals(name)) {
        return Optional.of(context);
      }
    }
    return Optional.empty();
  }

  boolean isStream() {
    return this == STREAM || this == STREAM_SERVER || this == STREAM_UPSTREAM;
  }

  /** Where the lines of a directive's block stand. */
  Context inside(String directive) {
    return switch (directive) {
      case "events" -> EVENTS;
      case "http" -> HTTP;
      case "stream" -> STREAM;
      case "server" -> this == STREAM ? STREAM_SERVER : SERVER;
      case "location" -> LOCATION;
      case "upstream" -> this == STREAM ? STREAM_UPSTREAM : UPSTREAM;
      case "if" -> this == SERVER ? SERVER_IF : LOCATION_IF;
      case "limit_except" -> LIMIT_EXCEPT;
      default -> DATA;
    };
  }
}
