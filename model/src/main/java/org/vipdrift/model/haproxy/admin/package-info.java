/**
 * What HAProxy's stats socket understands and answers, as version 2.6 does.
 *
 * <p>Deliberately absent: the socket itself, and the counting, which the data plane does.
 */
@NullMarked
package org.vipdrift.model.haproxy.admin;

import org.jspecify.annotations.NullMarked;
