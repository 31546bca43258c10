package org.vipdrift.model.config.haproxy;

import org.vipdrift.model.config.SourceSpan;

/** A word of a line, quotes and escapes resolved. */
record Word(String text, SourceSpan span) {}
