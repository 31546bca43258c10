package org.vipdrift.model.config.keepalived;

import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.frame.IpAddress;

/**
 * One line of {@code unicast_peer}.
 *
 * @param minimumTtl lowest time to live accepted from it, 0..255
 * @param maximumTtl highest time to live accepted from it, 0..255
 */
public record UnicastPeer(IpAddress address, int minimumTtl, int maximumTtl, SourceSpan span) {}
