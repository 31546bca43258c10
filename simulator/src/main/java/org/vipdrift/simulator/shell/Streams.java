package org.vipdrift.simulator.shell;

import java.util.Optional;
import java.util.TreeMap;

/** The open file descriptors of a command. */
final class Streams {
  private final TreeMap<Integer, Stream> open;

  private Streams(TreeMap<Integer, Stream> open) {
    this.open = open;
  }

  static Streams of(Stream input, Stream output, Stream errors) {
    TreeMap<Integer, Stream> open = new TreeMap<>();
    open.put(0, input);
    open.put(1, output);
    open.put(2, errors);
    return new Streams(open);
  }

  Streams with(int descriptor, Stream stream) {
    TreeMap<Integer, Stream> changed = new TreeMap<>(open);
    changed.put(descriptor, stream);
    return new Streams(changed);
  }

  Streams without(int descriptor) {
    TreeMap<Integer, Stream> changed = new TreeMap<>(open);
    changed.remove(descriptor);
    return new Streams(changed);
  }

  Optional<Stream> get(int descriptor) {
    return Optional.ofNullable(open.get(descriptor));
  }

  Stream input() {
    return open.getOrDefault(0, Stream.NOTHING);
  }

  Stream output() {
    return open.getOrDefault(1, Stream.NOTHING);
  }

  Stream errors() {
    return open.getOrDefault(2, Stream.NOTHING);
  }

  /** One end of a file, pipe or device. */
  interface Stream {
    /** Reads as empty and forgets what is written, like /dev/null. */
    Stream NOTHING =
        new Stream() {
          @Override
          public String toString() {
            return "/dev/null";
          }
        };

    /** A line with its newline; empty at the end. */
    default Optional<String> line() {
      return Optional.empty();
    }

    /** Everything that is left. */
    default String rest() {
      return "";
    }

    default void write(String text) {}
  }

  /** Text to be read once, from several readers in turn. */
  static final class Source implements Stream {
    private final String text;
    private int at;

    Source(String text) {
      this.text = text;
    }

    @Override
    public Optional<String> line() {
      if (at >= text.length()) {
        return Optional.empty();
      }
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline + 1;
      String line = text.substring(at, end);
      at = end;
      return Optional.of(line);
    }

    @Override
    public String rest() {
      String rest = text.substring(at);
      at = text.length();
      return rest;
    }
  }

  /** Text that is collected. */
  static final class Sink implements Stream {
    private final StringBuilder text = new StringBuilder();
    private final int max;

    Sink(int max) {
      this.max = max;
    }

    @Override
    public void write(String more) {
      if (text.length() + more.length() > max) {
        throw new LimitExceeded("output limit");
      }
      text.append(more);
    }

    String text() {
      return text.toString();
    }
  }

  /** A file of the host, written through. */
  record FileSink(ShellHost host, String path, int max) implements Stream {
    @Override
    public void write(String more) {
      String before = host.file(path).map(ShellHost.HostFile::text).orElse("");
      if (before.length() + more.length() > max) {
        throw new LimitExceeded("file size limit");
      }
      host.writeFile(path, before + more);
    }
  }
}
