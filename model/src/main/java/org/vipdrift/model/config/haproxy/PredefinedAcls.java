package org.vipdrift.model.config.haproxy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vipdrift.model.config.SourceSpan;

/** ACLs every proxy knows. */
final class PredefinedAcls {
  static final Map<String, String> NAMES = names();

  private PredefinedAcls() {}

  private static Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    names.put("FALSE", "always_false");
    names.put("TRUE", "always_true");
    names.put("LOCALHOST", "src 127.0.0.1/8 ::1");
    names.put("HTTP", "req.proto_http");
    names.put("HTTP_1.0", "req.ver 1.0");
    names.put("HTTP_1.1", "req.ver 1.1");
    names.put("HTTP_2.0", "req.ver 2.0");
    for (String method :
        List.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT", "TRACE")) {
      names.put("METH_" + method, "method " + (method.equals("GET") ? "GET HEAD" : method));
    }
    names.put("HTTP_URL_ABS", "url_reg ^[^/:]*://");
    names.put("HTTP_URL_SLASH", "url_beg /");
    names.put("HTTP_URL_STAR", "url *");
    names.put("HTTP_CONTENT", "req.hdr_val(content-length) gt 0");
    names.put("RDP_COOKIE", "req.rdp_cookie_cnt gt 0");
    names.put("REQ_CONTENT", "req.len gt 0");
    names.put("WAIT_END", "wait_end");
    return Collections.unmodifiableMap(names);
  }

  static List<AclParser.Parsed> find(
      String name, Reading reading, ProxyDraft proxy, SourceSpan span) {
    String text = NAMES.get(name);
    if (text == null) {
      return List.of();
    }
    List<Word> words = Stream.of(text.split(" ")).map(w -> new Word(w, span)).toList();
    return new AclParser(reading, proxy).parse(new Line(words, span)).stream().toList();
  }
}
