package org.vipdrift.model.haproxy.settings;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vipdrift.model.config.SourceSpan;

/**
 * A {@code frontend}, {@code backend} or {@code listen} section.
 *
 * @param id as given or assigned, from 1
 * @param errorFiles {@code errorfile}, {@code errorloc}, {@code http-error}, {@code errorfiles} by
 *     status
 * @param span the section's line
 */
public record ProxySettings(
    String name,
    int id,
    Mode mode,
    boolean disabled,
    Optional<String> description,
    Optional<FrontendSettings> frontend,
    Optional<BackendSettings> backend,
    Timeouts timeouts,
    ProxyOptions options,
    SortedMap<Integer, HttpReply> errorFiles,
    LogSettings log,
    Optional<StatsSettings> stats,
    Optional<StickTableSettings> stickTable,
    RuleSets rules,
    Optional<CompressionSettings> compression,
    SourceSpan span) {
  /** What a proxy understands of the bytes it carries. */
  public enum Mode {
    TCP,
    HTTP
  }

  public ProxySettings {
    errorFiles = Collections.unmodifiableSortedMap(new TreeMap<>(errorFiles));
  }

  public boolean isFrontend() {
    return frontend.isPresent();
  }

  public boolean isBackend() {
    return backend.isPresent();
  }

  public boolean isHttp() {
    return mode == Mode.HTTP;
  }
}
