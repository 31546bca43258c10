/**
 * The virtual testbed: {@link org.vipdrift.simulator.SimulatedTestbed} runs a scenario in virtual
 * time.
 *
 * <pre>
 *   cluster   hosts, daemons, clients        fault   what a timeline does to them
 *   kernel    addresses, ARP, IP, sockets    port    the actors' ports on that kernel
 *   segment   the switch on the event heap   script, shell   check scripts, interpreted
 *   process   slots, the one actor system    time    the event heap, host clocks
 * </pre>
 *
 * <p>Deliberately absent: threads, real clocks, sockets, and anything that judges.
 */
@NullMarked
package org.vipdrift.simulator;

import org.jspecify.annotations.NullMarked;
