/**
 * The virtual testbed: {@link org.vipdrift.simulator.SimulatedTestbed} runs a scenario in virtual
 * time.
 *
 * <pre>
 *   cluster   hosts, clients, segments       fault   what a timeline does to them
 *   host      a machine: daemons, scripts    shell   the interpreter of check scripts
 *   kernel    addresses, ARP, IP, sockets    port    the actors' ports on that kernel
 *   segment   the switch on the event heap
 *   process   slots, the one actor system    time    the event heap, host clocks
 * </pre>
 *
 * <p>Deliberately absent: threads, real clocks, sockets, and anything that judges.
 */
@NullMarked
package org.vipdrift.simulator;

import org.jspecify.annotations.NullMarked;
