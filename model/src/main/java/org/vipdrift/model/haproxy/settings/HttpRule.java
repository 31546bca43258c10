package org.vipdrift.model.haproxy.settings;

import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/** A line of {@code http-request}, {@code http-response} or {@code http-after-response}. */
public record HttpRule(HttpAction action, Optional<Condition> condition, SourceSpan span) {}
