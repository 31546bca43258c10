package org.vipdrift.model.haproxy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.sample.CompiledFormat;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.HeaderField;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpResponse;

/** Writes the answers a proxy makes itself. */
final class AnswerWriter {
  private AnswerWriter() {}

  static EditableResponse write(HttpReply reply, HttpStream stream) {
    return switch (reply.body()) {
      case HttpReply.ErrorPage() -> errorPage(reply, stream);
      case HttpReply.Empty() -> withBody(reply, stream, "");
      case HttpReply.Text(String text) -> withBody(reply, stream, text);
      case HttpReply.Format(var format) ->
          withBody(reply, stream, CompiledFormat.of(format).print(stream));
      case HttpReply.RawMessage(String message) -> raw(message, reply.status());
      case HttpReply.Location(int status, String url) -> location(status, url);
    };
  }

  private static EditableResponse errorPage(HttpReply reply, HttpStream stream) {
    HttpReply configured = configured(reply.status(), stream);
    EditableResponse page =
        configured == null || configured.body() instanceof HttpReply.ErrorPage
            ? Replies.errorPage(reply.status())
            : write(configured, stream);
    addHeaders(reply, stream, page.headers());
    return page;
  }

  /** The backend's page comes before the frontend's. */
  private static @Nullable HttpReply configured(int status, HttpStream stream) {
    HttpReply own = stream.backend == null ? null : stream.backend.proxy.errorFiles().get(status);
    return own != null ? own : stream.session.frontend.proxy.errorFiles().get(status);
  }

  private static void addHeaders(HttpReply reply, HttpStream stream, EditableHeaders headers) {
    for (HeaderField field : reply.headers()) {
      headers.add(field.name(), CompiledFormat.of(field.value()).print(stream));
    }
  }

  private static EditableResponse withBody(HttpReply reply, HttpStream stream, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    EditableHeaders headers = EditableHeaders.empty();
    addHeaders(reply, stream, headers);
    headers.add("content-length", Integer.toString(body.length));
    if (body.length > 0) {
      reply.contentType().ifPresent(type -> headers.add("content-type", type));
    }
    return new EditableResponse(
        reply.status(), Replies.reason(reply.status()), headers, Octets.adopt(body));
  }

  private static EditableResponse location(int status, String url) {
    EditableHeaders headers = EditableHeaders.empty();
    headers.add("content-length", "0");
    headers.add("location", url);
    headers.add("cache-control", "no-cache");
    return new EditableResponse(status, Replies.reason(status), headers, Octets.EMPTY);
  }

  /** An error file: a message as it stands, its body up to the end. */
  private static EditableResponse raw(String message, int status) {
    HttpReader reader = HttpReader.ofResponses();
    reader.add(Octets.adopt(message.getBytes(StandardCharsets.ISO_8859_1)));
    reader.end();
    if (reader.next() instanceof HttpReader.Found.Whole(HttpResponse response)) {
      EditableResponse page = new EditableResponse(response);
      page.headers().remove("connection");
      if (!page.headers().has("content-length") && !page.headers().has("transfer-encoding")) {
        page.headers().add("content-length", Integer.toString(response.body().length()));
      }
      return page;
    }
    return Replies.errorPage(status);
  }

  /** What a client gets whose request could not be read. */
  static Octets raw(int status, ProxySettings proxy) {
    HttpReply own = proxy.errorFiles().get(status);
    return own != null && own.body() instanceof HttpReply.RawMessage(String message)
        ? Octets.adopt(message.getBytes(StandardCharsets.ISO_8859_1))
        : Replies.rawErrorPage(status);
  }
}
