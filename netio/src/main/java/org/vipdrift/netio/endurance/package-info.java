/**
 * What a node and keepalived are worth beside each other on this machine, measured on two hosts
 * made of network namespaces.
 *
 * <ul>
 *   <li>{@link org.vipdrift.netio.endurance.Endurance}: the measures by name, and {@link
 *       org.vipdrift.netio.endurance.Result} what they found.
 *   <li>{@code Pair}: two {@code Place}s, each a network and a process namespace, joined by a
 *       cable; {@code Daemon}: a program in one of them.
 *   <li>{@code Takeovers}, {@code Instances}, {@code Soak}, {@code Cycles}, {@code Flood}: the
 *       measures.
 * </ul>
 *
 * <p>Deliberately absent: faults of the network, which scenarios have; and IPv6.
 */
@NullMarked
package org.vipdrift.netio.endurance;

import org.jspecify.annotations.NullMarked;
