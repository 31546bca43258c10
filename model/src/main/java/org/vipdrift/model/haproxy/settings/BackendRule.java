package org.vipdrift.model.haproxy.settings;

import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/**
 * A {@code use_backend} line.
 *
 * @param name literal where it is one item of text, else evaluated per request
 */
public record BackendRule(LogFormat name, Optional<Condition> condition, SourceSpan span) {}
