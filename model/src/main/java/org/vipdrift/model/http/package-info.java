/**
 * HTTP/1.x as web servers, proxies and clients speak it: messages as values, and the codec between
 * them and the octets of a connection (RFC 9110, RFC 9112).
 *
 * <pre>
 *   HttpRequest, HttpResponse ── HttpHeaders      HttpReader ── HeadReader, ChunkReader
 *   Url, HttpDate                                 Cookies, SetCookie, CookieJar (RFC 6265)
 * </pre>
 *
 * <p>Deliberately absent: HTTP/2, trailers, content codings, and of cookies what only browsers
 * need: public suffixes, SameSite.
 */
@NullMarked
package org.vipdrift.model.http;

import org.jspecify.annotations.NullMarked;
