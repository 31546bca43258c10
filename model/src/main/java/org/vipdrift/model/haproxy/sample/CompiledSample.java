package org.vipdrift.model.haproxy.sample;

import java.util.List;
import java.util.Optional;

/** A fetch and its converters, ready to be evaluated. */
@FunctionalInterface
public interface CompiledSample {
  /** All values, in order: a header may have several. */
  List<Sample> values(SampleContext context);

  /** The value where one is wanted: the last, as HAProxy takes it. */
  default Optional<Sample> value(SampleContext context) {
    List<Sample> values = values(context);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }
}
