/**
 * A host's packet filter: an ordered list of rules, the first match decides, the policy is accept.
 *
 * <p>{@link org.vipdrift.model.firewall.FirewallChains} holds {@link
 * org.vipdrift.model.firewall.FirewallRule}s and answers a {@link
 * org.vipdrift.model.firewall.FirewallVerdict} for a packet. It filters IP, so never ARP, as
 * iptables does. Deliberately absent: address translation, connection tracking, forwarding.
 */
@NullMarked
package org.vipdrift.model.firewall;

import org.jspecify.annotations.NullMarked;
