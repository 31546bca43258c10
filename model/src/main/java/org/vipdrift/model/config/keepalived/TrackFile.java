package org.vipdrift.model.config.keepalived;

import java.util.OptionalInt;
import org.vipdrift.model.config.SourceSpan;

/**
 * A {@code track_file} (or {@code vrrp_track_file}): a number in a file that shifts the priority.
 *
 * @param weight multiplies the number, 1 by default; 0 means that a number other than 0 leads to
 *     FAULT
 * @param initialValue written at the start if the file is absent
 * @param overwrite whether it is written even if the file exists
 */
public record TrackFile(
    String name,
    String path,
    int weight,
    boolean reverse,
    OptionalInt initialValue,
    boolean overwrite,
    SourceSpan span) {}
