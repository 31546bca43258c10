package org.vipdrift.model.http;

import java.util.Arrays;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;

/** Takes the chunks of one body apart as they come (RFC 9112 section 7.1). */
final class ChunkReader {
  private static final int LONGEST_LINE = 4_096;

  private enum Part {
    SIZE,
    DATA,
    DATA_END,
    TRAILER,
    COMPLETE
  }

  private final int most;
  private Part part = Part.SIZE;
  private final StringBuilder line = new StringBuilder();
  private byte[] body = new byte[256];
  private int length;
  private int missing;
  private Optional<String> problem = Optional.empty();

  ChunkReader(int most) {
    this.most = most;
  }

  boolean isComplete() {
    return part == Part.COMPLETE;
  }

  Optional<String> problem() {
    return problem;
  }

  Octets body() {
    return Octets.adopt(Arrays.copyOf(body, length));
  }

  /** Takes what it can use; the index after that. */
  int read(byte[] octets, int from, int to) {
    int at = from;
    while (at < to && part != Part.COMPLETE && problem.isEmpty()) {
      if (part == Part.DATA) {
        int taken = Math.min(missing, to - at);
        append(octets, at, taken);
        at += taken;
        missing -= taken;
        if (missing == 0) {
          part = Part.DATA_END;
        }
      } else {
        char next = (char) (octets[at++] & 0xff);
        if (next != '\n') {
          line.append(next);
          if (line.length() > LONGEST_LINE) {
            problem = Optional.of("a chunk's line of more than " + LONGEST_LINE + " octets");
          }
        } else {
          if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
          }
          lineEnded(line.toString());
          line.setLength(0);
        }
      }
    }
    return at;
  }

  private void lineEnded(String text) {
    switch (part) {
      case SIZE -> {
        int size = size(text);
        if (size < 0) {
          problem = Optional.of("a chunk of '" + text + "'");
        } else if (size > most - length) {
          problem = Optional.of("a body of more than " + most + " octets");
        } else {
          missing = size;
          part = size == 0 ? Part.TRAILER : Part.DATA;
        }
      }
      case DATA_END -> {
        if (text.isEmpty()) {
          part = Part.SIZE;
        } else {
          problem = Optional.of("a chunk longer than its size");
        }
      }
      case TRAILER -> {
        if (text.isEmpty()) {
          part = Part.COMPLETE;
        }
      }
      case DATA, COMPLETE -> throw new IllegalStateException("no line in " + part);
    }
  }

  /** The hexadecimal size before an extension; -1 if it is none. */
  private static int size(String text) {
    int semicolon = text.indexOf(';');
    String digits = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
    if (digits.isEmpty() || digits.length() > 7) {
      return -1;
    }
    int size = 0;
    for (int at = 0; at < digits.length(); at++) {
      char c = digits.charAt(at);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      size = size << 4 | digit;
    }
    return size;
  }

  private void append(byte[] octets, int at, int count) {
    if (length + count > body.length) {
      body = Arrays.copyOf(body, Math.max(2 * body.length, length + count));
    }
    System.arraycopy(octets, at, body, length, count);
    length += count;
  }
}
