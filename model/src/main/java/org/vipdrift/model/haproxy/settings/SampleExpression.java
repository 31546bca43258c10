package org.vipdrift.model.haproxy.settings;

import java.util.List;

/**
 * A fetch and what is done to its value: {@code req.hdr(host),lower,field(1,:)}.
 *
 * @param fetch the fetch's name as HAProxy prints it, aliases kept
 * @param arguments as text, quotes taken off
 */
public record SampleExpression(String fetch, List<String> arguments, List<Converter> converters) {
  /** A function applied to a value. */
  public record Converter(String name, List<String> arguments) {
    public Converter {
      arguments = List.copyOf(arguments);
    }
  }

  public SampleExpression {
    arguments = List.copyOf(arguments);
    converters = List.copyOf(converters);
  }
}
