/** What a timeline does to a running cluster: one method an action, and how it ends. */
@NullMarked
package org.vipdrift.simulator.fault;

import org.jspecify.annotations.NullMarked;
