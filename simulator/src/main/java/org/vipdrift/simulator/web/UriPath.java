package org.vipdrift.simulator.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Paths as nginx matches them: decoded, without {@code .}, {@code ..} and doubled slashes. */
final class UriPath {
  private UriPath() {}

  /** Empty for what is no path: 400. */
  static String normalized(String path) {
    if (path.equals("*")) {
      return path;
    }
    if (!path.startsWith("/")) {
      return "";
    }
    if (path.indexOf('%') < 0 && path.indexOf("//") < 0 && path.indexOf("/.") < 0) {
      return path;
    }
    String decoded = decoded(path);
    List<String> segments = new ArrayList<>();
    boolean folder = false;
    for (String segment : decoded.substring(Math.min(1, decoded.length())).split("/", -1)) {
      folder = segment.isEmpty() || segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        if (segments.isEmpty()) {
          return "";
        }
        segments.removeLast();
      } else if (!folder) {
        segments.add(segment);
      }
    }
    String joined = "/" + String.join("/", segments);
    return folder && joined.length() > 1 ? joined + "/" : joined;
  }

  private static String decoded(String path) {
    byte[] octets = path.getBytes(StandardCharsets.ISO_8859_1);
    byte[] plain = new byte[octets.length];
    int length = 0;
    for (int at = 0; at < octets.length; at++) {
      int high = at + 2 < octets.length ? Character.digit(octets[at + 1], 16) : -1;
      int low = at + 2 < octets.length ? Character.digit(octets[at + 2], 16) : -1;
      if (octets[at] == '%' && high >= 0 && low >= 0) {
        plain[length++] = (byte) (high << 4 | low);
        at += 2;
      } else {
        plain[length++] = octets[at];
      }
    }
    return new String(plain, 0, length, StandardCharsets.ISO_8859_1);
  }
}
