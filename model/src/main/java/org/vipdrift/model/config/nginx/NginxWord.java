package org.vipdrift.model.config.nginx;

import org.vipdrift.model.config.SourceSpan;

/**
 * One word of a directive, quotes and escapes taken away.
 *
 * @param quoted whether it stood in quotes
 */
public record NginxWord(String text, boolean quoted, SourceSpan span) {}
