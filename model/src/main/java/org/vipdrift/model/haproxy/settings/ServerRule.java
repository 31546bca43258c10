package org.vipdrift.model.haproxy.settings;

import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/** A {@code use-server} line; the name is literal where it is one item of text. */
public record ServerRule(LogFormat server, Optional<Condition> condition, SourceSpan span) {}
