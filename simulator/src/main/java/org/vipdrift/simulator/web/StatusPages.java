package org.vipdrift.simulator.web;

import java.nio.charset.StandardCharsets;
import org.vipdrift.model.frame.Octets;

/** The status lines and error pages of nginx 1.22.1. */
final class StatusPages {
  /** With {@code server_tokens on}, the default. */
  static final String SERVER = "nginx/1.22.1";

  private StatusPages() {}

  /** Status and reason; of a status without a reason of its own nginx writes the number alone. */
  static String line(int status) {
    return switch (status) {
      case 200 -> "200 OK";
      case 201 -> "201 Created";
      case 202 -> "202 Accepted";
      case 204 -> "204 No Content";
      case 206 -> "206 Partial Content";
      case 301 -> "301 Moved Permanently";
      case 302 -> "302 Moved Temporarily";
      case 303 -> "303 See Other";
      case 304 -> "304 Not Modified";
      case 307 -> "307 Temporary Redirect";
      case 308 -> "308 Permanent Redirect";
      case 400 -> "400 Bad Request";
      case 401 -> "401 Unauthorized";
      case 402 -> "402 Payment Required";
      case 403 -> "403 Forbidden";
      case 404 -> "404 Not Found";
      case 405 -> "405 Not Allowed";
      case 406 -> "406 Not Acceptable";
      case 408 -> "408 Request Time-out";
      case 409 -> "409 Conflict";
      case 410 -> "410 Gone";
      case 411 -> "411 Length Required";
      case 412 -> "412 Precondition Failed";
      case 413 -> "413 Request Entity Too Large";
      case 414 -> "414 Request-URI Too Large";
      case 415 -> "415 Unsupported Media Type";
      case 416 -> "416 Requested Range Not Satisfiable";
      case 421 -> "421 Misdirected Request";
      case 429 -> "429 Too Many Requests";
      case 500 -> "500 Internal Server Error";
      case 501 -> "501 Not Implemented";
      case 502 -> "502 Bad Gateway";
      case 503 -> "503 Service Temporarily Unavailable";
      case 504 -> "504 Gateway Time-out";
      case 505 -> "505 HTTP Version Not Supported";
      case 507 -> "507 Insufficient Storage";
      default -> Integer.toString(status);
    };
  }

  /** Whether nginx has a page of its own for this status. */
  static boolean hasPage(int status) {
    return status >= 300 && line(status).length() > 3 && status != 304;
  }

  /** What nginx writes for a status of 300 and more. */
  static WebAnswer page(int status, String server) {
    String line = line(status);
    String text =
        hasPage(status)
            ? "<html>\r\n<head><title>"
                + line
                + "</title></head>\r\n<body>\r\n<center><h1>"
                + line
                + "</h1></center>\r\n<hr><center>"
                + server
                + "</center>\r\n</body>\r\n</html>\r\n"
            : "";
    return WebAnswer.of(
        status, server, "text/html", Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
