/**
 * What HAProxy 2.6 does with connections and requests, without sockets and clocks.
 *
 * <p>{@link org.vipdrift.model.haproxy.ProxyProcess} is the root: a driver hands it accepted
 * connections as {@link org.vipdrift.model.haproxy.Link}s and performs what it asks of its {@link
 * org.vipdrift.model.haproxy.ProxyEnvironment}: connect, set a timer, write a log line.
 *
 * <pre>
 *   clients        ClientSession: HttpSession (requests one after the other), TcpSession
 *   on the way     Stream: HttpStream (RequestIntake before it, AnswerIntake behind), TcpStream; its
 *                  Place (a slot, a queue) and Retries; Destination, ProxyHeader (PROXY protocol)
 *   proxies        Frontend, Backend (queues), Server, IdleConnections, ServerConnection
 *   rules          ProxyRules, CompiledAction, CompiledRedirect, AnswerWriter, Replies
 *   persistence    CookiePersistence, DynamicCookie, Sticking, StickTable, RdpCookie
 *   records        LogLine, LogVariables, Termination, StreamTimes, Counter, ProxyFigures,
 *                  StatisticsPage
 * </pre>
 *
 * <p>Who decides whether a server is up is not here: {@link
 * org.vipdrift.model.balance.BackendSnapshot}s are published to the process.
 *
 * <p>Deliberately absent: HTTP/2, compression, caches, SPOE and Lua. Departs from HAProxy in that
 * HTTP messages are passed on whole, not as they come in: a request goes to a server when its body
 * is there, and of an answer that breaks off in its body the client gets nothing.
 */
@NullMarked
package org.vipdrift.model.haproxy;

import org.jspecify.annotations.NullMarked;
