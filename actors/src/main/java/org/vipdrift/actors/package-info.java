@NullMarked
package org.vipdrift.actors;

import org.jspecify.annotations.NullMarked;
