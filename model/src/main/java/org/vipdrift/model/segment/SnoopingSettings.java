package org.vipdrift.model.segment;

/**
 * A switch that sends IPv4 multicast only where somebody asked for it (RFC 4541).
 *
 * @param querier whether the switch itself asks hosts, every 125 s, to repeat what they want;
 *     without a querier anywhere, membership is forgotten 260 s after it was reported
 * @param linkLocalPruned whether 224.0.0.0/24 is pruned as well. It must not be (RFC 4541 section
 *     2.1.2), and where it is, VRRP lives by its membership reports
 */
public record SnoopingSettings(boolean querier, boolean linkLocalPruned) {}
