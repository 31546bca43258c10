/**
 * HTTP/1.x as web servers, proxies and clients speak it: messages as values, and the codec between
 * them and the octets of a connection (RFC 9110, RFC 9112).
 *
 * <p>Deliberately absent: HTTP/2, trailers, content codings.
 */
@NullMarked
package org.vipdrift.model.http;

import org.jspecify.annotations.NullMarked;
