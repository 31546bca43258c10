package org.vipdrift.model.haproxy.settings;

import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;

/** A {@code redirect} line. */
public record RedirectRule(Redirect redirect, Optional<Condition> condition, SourceSpan span) {}
