package org.vipdrift.netio.node;

import java.nio.charset.StandardCharsets;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.UnixDatagram;

/** The machine's syslog; a line that it does not take at once is lost, and counted. */
public final class Syslog implements AutoCloseable {
  /** Where it listens. */
  public static final String PATH = "/dev/log";

  /** {@code LOG_DAEMON}. */
  public static final int DAEMON = 3;

  private static final int INFORMATION = 6;

  private final UnixDatagram socket;
  private final String path;
  private final int facility;
  private final long pid;
  private long lost;

  private Syslog(UnixDatagram socket, String path, int facility, long pid) {
    this.socket = socket;
    this.path = path;
    this.facility = facility;
    this.pid = pid;
  }

  /**
   * @param facility 0..23, as {@link #DAEMON} or 16 for {@code local0}
   */
  public static Syslog open(String path, int facility, long pid) throws NativeException {
    return new Syslog(UnixDatagram.open(), path, facility, pid);
  }

  void send(LogEntry entry) {
    if (!socket.send(path, line(facility, pid, entry).getBytes(StandardCharsets.UTF_8))) {
      lost++;
    }
  }

  /** Without a time: the daemon knows when it got it (RFC 3164 section 4.3.2). */
  static String line(int facility, long pid, LogEntry entry) {
    return "<%d>%s[%d]: %s"
        .formatted(facility * 8 + INFORMATION, entry.program(), pid, entry.text());
  }

  /** Lines that were lost. */
  public long lost() {
    return lost;
  }

  @Override
  public void close() {
    socket.close();
  }
}
