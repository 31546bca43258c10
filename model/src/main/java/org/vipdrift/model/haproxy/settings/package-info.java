/**
 * What a HAProxy 2.6 runs with, as pure data: everything a {@code haproxy.cfg} says after {@code
 * defaults} sections, environment variables and conditions are applied.
 *
 * <p>{@link org.vipdrift.model.haproxy.settings.HaproxyConfiguration} is the root. A {@link
 * org.vipdrift.model.haproxy.settings.ProxySettings} is a {@code frontend}, a {@code backend} or,
 * having both capabilities, a {@code listen} section. Rules are pairs of an action ({@link
 * org.vipdrift.model.haproxy.settings.HttpAction}, {@link
 * org.vipdrift.model.haproxy.settings.TcpAction}) and a {@link
 * org.vipdrift.model.haproxy.settings.Condition}; expressions are {@link
 * org.vipdrift.model.haproxy.settings.SampleExpression}s and {@link
 * org.vipdrift.model.haproxy.settings.LogFormat}s. Files that are named (error pages, certificates,
 * pattern files) are already read.
 *
 * <pre>
 *   process     GlobalSettings, StatsSocket, UserList, PeersSettings, ResolversSettings,
 *               MailersSettings, RingSettings, CacheSettings, LogForwardSettings
 *   proxies     ProxySettings: FrontendSettings (Bind...), BackendSettings, Timeouts, ProxyOptions
 *   servers     ServerSettings: Server..., PoolSettings, Resolution, SourceAddress
 *   checks      CheckMethod, CheckStep, CheckExpectation, AgentCheck, EmailAlert
 *   choice      Balance, HashType, CookieSettings, Stick..., PersistRule, BackendRule, HttpReuse
 *   rules       RuleSets of HttpRule and TcpRule, SharedAction, Redirect, HttpReply, Acl...
 *   TLS         BindTls, ServerTls, CertificateSettings, TlsVersions
 *   records     LogSettings (LogStyle, LogTarget), CookieCapture, HeaderCapture, StatsSettings
 * </pre>
 *
 * <p>Deliberately absent: text, lines and problems, which belong to the reader; anything a running
 * proxy knows.
 */
@NullMarked
package org.vipdrift.model.haproxy.settings;

import org.jspecify.annotations.NullMarked;
