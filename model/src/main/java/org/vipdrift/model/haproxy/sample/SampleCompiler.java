package org.vipdrift.model.haproxy.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.SampleExpression;

/** Makes samples ready to be evaluated. */
public final class SampleCompiler {
  private SampleCompiler() {}

  /** What is not modelled never has a value. */
  public static CompiledSample compile(SampleExpression expression) {
    CompiledSample fetch = Fetches.compile(expression.fetch(), expression.arguments());
    List<Converters.Converter> converters = new ArrayList<>(expression.converters().size());
    for (SampleExpression.Converter each : expression.converters()) {
      converters.add(Converters.compile(each.name(), each.arguments()));
    }
    if (converters.isEmpty()) {
      return fetch;
    }
    return context -> {
      List<Sample> values = fetch.values(context);
      if (values.isEmpty()) {
        return values;
      }
      List<Sample> converted = new ArrayList<>(values.size());
      for (int at = 0; at < values.size(); at++) {
        Optional<Sample> value = Optional.of(values.get(at));
        for (int step = 0; step < converters.size() && value.isPresent(); step++) {
          value = converters.get(step).convert(value.get(), context);
        }
        value.ifPresent(converted::add);
      }
      return converted;
    };
  }
}
