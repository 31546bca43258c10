/**
 * Routes and routing rules as configurations ask for them and kernels keep them.
 *
 * <p>A {@link org.vipdrift.model.route.RouteEntry} is one or the other. Deliberately absent:
 * looking a destination up, and the metrics of a route beyond its MTU.
 */
@NullMarked
package org.vipdrift.model.route;

import org.jspecify.annotations.NullMarked;
