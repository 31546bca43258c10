package org.vipdrift.model.haproxy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableResponse;

/** The answers HAProxy 2.6 has ready, octet for octet. */
final class Replies {
  private record Page(String reason, String title, String text) {}

  private static final Map<Integer, Page> PAGES = new TreeMap<>();
  private static final Map<Integer, String> REASONS = new TreeMap<>();

  private Replies() {}

  private static void page(int status, String reason, String text) {
    PAGES.put(status, new Page(reason, status + " " + reason, text));
    REASONS.put(status, reason);
  }

  static {
    page(200, "OK", "Service ready.");
    page(400, "Bad request", "Your browser sent an invalid request.");
    page(401, "Unauthorized", "You need a valid user and password to access this content.");
    page(403, "Forbidden", "Request forbidden by administrative rules.");
    page(404, "Not Found", "The resource could not be found.");
    page(
        405,
        "Method Not Allowed",
        "A request was made of a resource using a request method not supported by that resource");
    page(407, "Unauthorized", "You need a valid user and password to access this content.");
    page(408, "Request Time-out", "Your browser didn't send a complete request in time.");
    page(410, "Gone", "The resource is no longer available and will not be available again.");
    page(413, "Payload Too Large", "The request entity exceeds the maximum allowed.");
    page(421, "Misdirected Request", "Request sent to a non-authoritative server.");
    page(422, "Unprocessable Content", "The server cannot process the contained instructions.");
    page(425, "Too Early", "Your browser sent early data.");
    page(429, "Too Many Requests", "You have sent too many requests in a given amount of time.");
    page(500, "Internal Server Error", "An internal server error occurred.");
    page(501, "Not Implemented", "The server does not support the functionality required.");
    page(502, "Bad Gateway", "The server returned an invalid or incomplete response.");
    page(503, "Service Unavailable", "No server is available to handle this request.");
    page(504, "Gateway Time-out", "The server didn't respond in time.");
    REASONS.put(100, "Continue");
    REASONS.put(101, "Switching Protocols");
    REASONS.put(103, "Early Hints");
    REASONS.put(201, "Created");
    REASONS.put(202, "Accepted");
    REASONS.put(203, "Non-Authoritative Information");
    REASONS.put(204, "No Content");
    REASONS.put(205, "Reset Content");
    REASONS.put(206, "Partial Content");
    REASONS.put(300, "Multiple Choices");
    REASONS.put(301, "Moved Permanently");
    REASONS.put(302, "Found");
    REASONS.put(303, "See Other");
    REASONS.put(304, "Not Modified");
    REASONS.put(307, "Temporary Redirect");
    REASONS.put(308, "Permanent Redirect");
    REASONS.put(402, "Payment Required");
    REASONS.put(406, "Not Acceptable");
    REASONS.put(409, "Conflict");
    REASONS.put(411, "Length Required");
    REASONS.put(412, "Precondition Failed");
    REASONS.put(414, "URI Too Long");
    REASONS.put(415, "Unsupported Media Type");
    REASONS.put(416, "Range Not Satisfiable");
    REASONS.put(417, "Expectation Failed");
    REASONS.put(418, "I'm a teapot");
    REASONS.put(505, "HTTP Version Not Supported");
  }

  static String reason(int status) {
    return REASONS.getOrDefault(status, "Other");
  }

  /** The built-in page of a status; one that has none gets that of 500's shape without text. */
  static EditableResponse errorPage(int status) {
    Page page = PAGES.get(status);
    EditableHeaders headers = EditableHeaders.empty();
    if (page == null) {
      headers.add("content-length", "0");
      return new EditableResponse(status, reason(status), headers, Octets.EMPTY);
    }
    byte[] body = body(page);
    headers.add("content-length", Integer.toString(body.length));
    headers.add("cache-control", "no-cache");
    headers.add("content-type", "text/html");
    return new EditableResponse(status, page.reason, headers, Octets.adopt(body));
  }

  /** What is sent before a request could be read: it never went through the header writer. */
  static Octets rawErrorPage(int status) {
    Page page = PAGES.get(status);
    byte[] body = body(page);
    String head =
        "HTTP/1.1 "
            + status
            + " "
            + page.reason
            + "\r\nContent-length: "
            + body.length
            + "\r\nCache-Control: no-cache\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n";
    byte[] whole =
        (head + new String(body, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    return Octets.adopt(whole);
  }

  private static byte[] body(Page page) {
    return ("<html><body><h1>" + page.title + "</h1>\n" + page.text + "\n</body></html>\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
