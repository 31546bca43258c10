package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.NotModelled;

/** Commands for a running HAProxy. */
final class AdminSocket {
  private static final Pattern STATS_SOCKET =
      Pattern.compile("^\\s*stats\\s+socket\\s+(?:unix@)?(/\\S+)", Pattern.MULTILINE);

  private AdminSocket() {}

  /** Where a configuration has its socket; empty text for nowhere. */
  static String path(String configuration) {
    Matcher matcher = STATS_SOCKET.matcher(configuration);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Gives a command; what is answered becomes a line of the log. */
  static void command(
      RunningHost host, String process, String command, TraceRecorder trace, long cause) {
    String path =
        host.specification()
            .process(process)
            .filter(Host.HaproxyProcess.class::isInstance)
            .map(p -> path(((Host.HaproxyProcess) p).configuration()))
            .orElse("");
    if (path.isEmpty()) {
      trace.emit("", new NotModelled("timeline, admin", process + " has no admin socket"), cause);
      return;
    }
    StringBuilder answer = new StringBuilder();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(host.files().resolve(path)));
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
      ByteBuffer buffer = ByteBuffer.allocate(4_096);
      while (channel.read(buffer) >= 0) {
        answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        buffer.clear();
      }
    } catch (IOException e) {
      answer.append(e.getMessage());
    }
    String text = answer.toString().strip();
    if (!text.isEmpty()) {
      text.lines().forEach(line -> trace.emit(host.name(), new LogLine(process, line), cause));
    }
  }
}
