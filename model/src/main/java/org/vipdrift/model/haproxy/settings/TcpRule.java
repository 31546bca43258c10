package org.vipdrift.model.haproxy.settings;

import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/** A line of {@code tcp-request} or {@code tcp-response}. */
public record TcpRule(TcpAction action, Optional<Condition> condition, SourceSpan span) {}
