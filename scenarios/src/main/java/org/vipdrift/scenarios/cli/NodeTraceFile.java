package org.vipdrift.scenarios.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.node.LiveTrace;
import org.vipdrift.scenarios.trace.TraceFormat;
import org.vipdrift.scenarios.trace.TraceHeader;

/** The trace of a running node as a file that can be followed: whole lines, written at once. */
final class NodeTraceFile implements LiveTrace.Observer, AutoCloseable {
  private static final String TESTBED = "node";

  private final OutputStream out;

  private NodeTraceFile(OutputStream out) {
    this.out = out;
  }

  /** Begins a file, replacing one of that name. */
  static NodeTraceFile create(Path file, String node, String version) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
    out.write(TraceFormat.header(new TraceHeader(node, 0, version, TESTBED)));
    out.flush();
    return new NodeTraceFile(out);
  }

  @Override
  public void accept(TraceEvent event) {
    try {
      out.write(TraceFormat.line(event));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public void idle() {
    try {
      out.flush();
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
