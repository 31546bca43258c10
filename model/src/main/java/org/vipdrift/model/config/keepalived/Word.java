package org.vipdrift.model.config.keepalived;

import org.vipdrift.model.config.SourceSpan;

/**
 * One word of a line, quotes and escapes removed.
 *
 * @param quoted whether any part of it was quoted
 */
public record Word(String text, boolean quoted, SourceSpan span) {}
