@NullMarked
package org.vipdrift.scenarios;

import org.jspecify.annotations.NullMarked;
