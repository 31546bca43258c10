package org.vipdrift.model.haproxy.sample;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.VariableName;

/** Variables of one session. */
public final class Variables {
  private final Map<VariableName, Sample> values = new LinkedHashMap<>(2);

  public Optional<Sample> get(VariableName name) {
    return Optional.ofNullable(values.get(name));
  }

  public void set(VariableName name, Sample value) {
    values.put(name, value);
  }

  public void unset(VariableName name) {
    values.remove(name);
  }

  /** The next request begins: only what belongs to the session or the process stays. */
  public void nextRequest() {
    if (!values.isEmpty()) {
      values
          .keySet()
          .removeIf(
              name ->
                  name.scope() != VariableName.Scope.SESS
                      && name.scope() != VariableName.Scope.PROC);
    }
  }

  /** Of a text such as {@code txn.blocked}. */
  public static VariableName name(String text) {
    int dot = text.indexOf('.');
    String scope = dot < 0 ? "" : text.substring(0, dot).toUpperCase(Locale.ROOT);
    for (VariableName.Scope each : VariableName.Scope.values()) {
      if (each.name().equals(scope)) {
        return new VariableName(each, text.substring(dot + 1));
      }
    }
    return new VariableName(VariableName.Scope.TXN, text);
  }
}
