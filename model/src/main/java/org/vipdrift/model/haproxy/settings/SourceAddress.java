package org.vipdrift.model.haproxy.settings;

import org.vipdrift.model.frame.IpAddress;

/**
 * The address connections to servers leave from.
 *
 * @param firstPort 0 where the kernel chooses
 * @param useClient {@code usesrc client} or {@code clientip}
 */
public record SourceAddress(IpAddress address, int firstPort, int lastPort, boolean useClient) {}
