package org.vipdrift.model.haproxy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.ProxySettings;

/** The page of {@code stats enable}: what {@code show stat} prints, as a table or as it is. */
final class StatisticsPage {
  private static final List<String> COLUMNS =
      List.of(
          "qcur",
          "qmax",
          "scur",
          "smax",
          "slim",
          "stot",
          "bin",
          "bout",
          "econ",
          "eresp",
          "wretr",
          "wredis",
          "weight",
          "check_status",
          "lastchg",
          "downtime");

  boolean wants(ProxySettings proxy, EditableRequest request) {
    return proxy.stats().isPresent()
        && proxy.stats().get().enabled()
        && request.target().startsWith(proxy.stats().get().uri());
  }

  EditableResponse page(ProxySettings proxy, EditableRequest request, String csv) {
    boolean plain = request.target().contains(";csv");
    byte[] body = (plain ? csv : html(csv)).getBytes(StandardCharsets.UTF_8);
    EditableHeaders headers = EditableHeaders.empty();
    headers.add("cache-control", "no-cache");
    headers.add("content-type", plain ? "text/plain" : "text/html");
    headers.add("content-length", Integer.toString(body.length));
    proxy
        .stats()
        .flatMap(stats -> stats.refresh())
        .filter(_ -> !plain)
        .ifPresent(every -> headers.add("refresh", Long.toString(every.toSeconds())));
    return new EditableResponse(200, "OK", headers, Octets.adopt(body));
  }

  private static String html(String csv) {
    StringBuilder text =
        new StringBuilder(
            """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>Statistics</title>
            <style>body{font:12px sans-serif}table{border-collapse:collapse}
            td,th{border:1px solid gray;padding:2px 4px;text-align:right}</style></head><body>
            """);
    List<String> lines = csv.lines().filter(line -> !line.isBlank()).toList();
    if (!lines.isEmpty()) {
      String[] names = lines.getFirst().replaceFirst("^# ", "").split(",");
      text.append("<table><tr><th>proxy</th><th>name</th><th>status</th>");
      COLUMNS.forEach(column -> text.append("<th>").append(column).append("</th>"));
      text.append("</tr>\n");
      for (String line : lines.subList(1, lines.size())) {
        row(text, cells(names, line.split(",", -1)));
      }
      text.append("</table>\n");
    }
    return text.append("</body></html>\n").toString();
  }

  private static Map<String, String> cells(String[] names, String[] values) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int at = 0; at < names.length && at < values.length; at++) {
      cells.put(names[at], values[at]);
    }
    return cells;
  }

  private static void row(StringBuilder text, Map<String, String> cells) {
    String status = cells.getOrDefault("status", "");
    text.append("<tr style=\"background:").append(colour(status, cells)).append("\"><td>");
    text.append(cells.getOrDefault("pxname", "")).append("</td><td>");
    text.append(cells.getOrDefault("svname", "")).append("</td><td>").append(status);
    text.append("</td>");
    for (String column : COLUMNS) {
      text.append("<td>").append(cells.getOrDefault(column, "")).append("</td>");
    }
    text.append("</tr>\n");
  }

  /** The colours of HAProxy's page; the status is always there in words too. */
  private static String colour(String status, Map<String, String> cells) {
    if (!cells.getOrDefault("type", "").equals("2")) {
      return "#e8e8d0";
    }
    if (status.startsWith("MAINT")) {
      return "#c07820";
    }
    if (status.startsWith("DRAIN") || status.startsWith("NOLB")) {
      return "#20a0ff";
    }
    if (status.startsWith("no check")) {
      return "#e0e0e0";
    }
    if (status.startsWith("DOWN")) {
      return status.indexOf('/') < 0 ? "#ff9090" : "#ffd020";
    }
    if (status.indexOf('/') >= 0) {
      return "#ffffa0";
    }
    return cells.getOrDefault("bck", "").equals("1") ? "#b0d0ff" : "#c0ffc0";
  }
}
