/**
 * VRRP versions 2 and 3 as keepalived and the RFCs speak it: the packets, the checks on receipt,
 * the timers, the state machine of one virtual router and that of a sync group.
 *
 * <p>Start at {@link org.vipdrift.model.vrrp.VrrpMachine}: (settings, state, event) to {@link
 * org.vipdrift.model.vrrp.VrrpTransition}. A received packet goes through {@link
 * org.vipdrift.model.vrrp.ReceiveChecks} first; an effect that sends one goes through {@link
 * org.vipdrift.model.vrrp.AdvertisementCodec}. Tracked scripts, files, interfaces and processes
 * become a number in {@link org.vipdrift.model.vrrp.EffectivePriority}; {@link
 * org.vipdrift.model.vrrp.SyncGroupMachine} ties instances together. Where implementations differ,
 * {@link org.vipdrift.model.vrrp.Dialect} names the difference.
 *
 * <p>Deliberately absent: notify scripts (a machine only says which kind is due), IP and Ethernet
 * headers, the IPsec authentication header (its presence is noticed, its digest is not computed),
 * and RFC 5798's mode that speaks both versions at once, which keepalived does not have either.
 */
@NullMarked
package org.vipdrift.model.vrrp;

import org.jspecify.annotations.NullMarked;
