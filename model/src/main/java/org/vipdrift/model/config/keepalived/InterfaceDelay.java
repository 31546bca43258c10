package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import org.vipdrift.model.config.SourceSpan;

/** One line of {@code interface_up_down_delays}: how long a link change must last to count. */
public record InterfaceDelay(String interfaceName, Duration down, Duration up, SourceSpan span) {}
