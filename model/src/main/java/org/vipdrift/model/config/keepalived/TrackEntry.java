package org.vipdrift.model.config.keepalived;

import org.vipdrift.model.config.SourceSpan;

/**
 * One line of a {@code track_*} block.
 *
 * @param name the interface, script, file, process or BFD instance
 * @param weight the weight in force: the line's own, else that of the tracked object
 * @param reverse whether the weight counts the other way round
 */
public record TrackEntry(String name, int weight, boolean reverse, SourceSpan span) {}
