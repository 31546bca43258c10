/**
 * The product's face: scenario folders, command line, traces and reports, and the only place where
 * a testbed is chosen.
 */
@NullMarked
package org.vipdrift.scenarios;

import org.jspecify.annotations.NullMarked;
