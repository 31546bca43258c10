@NullMarked
package org.vipdrift.simulator;

import org.jspecify.annotations.NullMarked;
