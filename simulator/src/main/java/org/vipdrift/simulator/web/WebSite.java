package org.vipdrift.simulator.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpDate;
import org.vipdrift.model.http.HttpHeaders;
import org.vipdrift.model.http.HttpRequest;

/** What a web server without a configuration of its own has to show. */
final class WebSite {
  /** Where Debian's nginx package looks for pages. */
  static final String ROOT = "/usr/share/nginx/html";

  private static final long BILLION = 1_000_000_000L;

  private final Function<String, Optional<String>> disk;
  private final StaticAnswer page;
  private final long modifiedNanos;
  private final Map<String, Entry> files = new TreeMap<>();
  private final StaticAnswer notFound = new StaticAnswer(StatusPages.page(404, StatusPages.SERVER));
  private final StaticAnswer notAllowed =
      new StaticAnswer(StatusPages.page(405, StatusPages.SERVER));

  private record Entry(String text, StaticAnswer answer) {}

  /**
   * @param page the text of the front page; a line break is added
   * @param disk the text of a file by its absolute path
   * @param modifiedNanos the wall-clock time that its pages say they were changed at
   */
  WebSite(String page, Function<String, Optional<String>> disk, long modifiedNanos) {
    this.disk = disk;
    this.modifiedNanos = modifiedNanos;
    this.page = file("index.html", page + "\n");
  }

  StaticAnswer answer(HttpRequest request) {
    String path = request.path();
    boolean front = path.equals("/") || path.equals("/index.html");
    if (!front) {
      Optional<String> text = path.contains("/..") ? Optional.empty() : disk.apply(ROOT + path);
      if (text.isEmpty()) {
        files.remove(path);
        return notFound;
      }
      if (isRead(request)) {
        Entry known = files.get(path);
        if (known == null || !known.text().equals(text.get())) {
          known = new Entry(text.get(), file(path, text.get()));
          files.put(path, known);
        }
        return known.answer();
      }
    }
    return isRead(request) ? page : notAllowed;
  }

  private static boolean isRead(HttpRequest request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  private StaticAnswer file(String path, String text) {
    Octets body = Octets.adopt(text.getBytes(StandardCharsets.UTF_8));
    return new StaticAnswer(file(path, body, modifiedNanos, StatusPages.SERVER));
  }

  /** The answer with a file as nginx writes it, with its tag and date. */
  static WebAnswer file(String path, Octets body, long modifiedNanos, String server) {
    long seconds = Math.floorDiv(modifiedNanos, BILLION);
    String tag = "\"" + Long.toHexString(seconds) + "-" + Integer.toHexString(body.length()) + "\"";
    return new WebAnswer(
        StatusPages.line(200),
        server,
        Optional.of(contentType(path)),
        body,
        Optional.of(HttpDate.format(modifiedNanos)),
        Optional.empty(),
        List.of(
            new HttpHeaders.Field("ETag", tag), new HttpHeaders.Field("Accept-Ranges", "bytes")));
  }

  /** From the file's extension: the common ones of Debian's mime.types. */
  static String contentType(String path) {
    int dot = path.lastIndexOf('.');
    String extension =
        dot < path.lastIndexOf('/') ? "" : path.substring(dot + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "html", "htm", "shtml" -> "text/html";
      case "css" -> "text/css";
      case "xml" -> "text/xml";
      case "gif" -> "image/gif";
      case "jpeg", "jpg" -> "image/jpeg";
      case "js" -> "application/javascript";
      case "txt" -> "text/plain";
      case "png" -> "image/png";
      case "svg", "svgz" -> "image/svg+xml";
      case "ico" -> "image/x-icon";
      case "json" -> "application/json";
      case "pdf" -> "application/pdf";
      case "zip" -> "application/zip";
      default -> "application/octet-stream";
    };
  }
}
