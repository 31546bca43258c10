package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import org.vipdrift.model.config.SourceSpan;

/**
 * A {@code vrrp_script}: a check that is run again and again.
 *
 * @param interval between runs; whole seconds in keepalived 2.2.7, 1 s by default
 * @param timeout after which a run counts as failed; the interval by default
 * @param weight -253..253; 0 means that failure leads to FAULT
 * @param rise successes in a row until the check counts as good, at least 1
 * @param fall failures in a row until it counts as bad, at least 1
 * @param initFail whether it counts as bad until it was run
 */
public record VrrpScript(
    String name,
    ScriptCommand command,
    Duration interval,
    Duration timeout,
    int weight,
    boolean reverse,
    int rise,
    int fall,
    boolean initFail,
    SourceSpan span) {}
