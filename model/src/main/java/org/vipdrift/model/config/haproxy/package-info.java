/**
 * haproxy.cfg as HAProxy 2.6 reads it: lines, sections, resolved settings, problems.
 *
 * <p>{@link org.vipdrift.model.config.haproxy.HaproxyParser} is the way in. Text goes through
 * quotes, escapes and environment variables ({@code LineSplitter}) and conditional blocks ({@code
 * LineReader}); {@code SectionReader} hands each line to the reader of its kind of section, which
 * fills a draft; names of other sections are looked up once everything is read ({@code
 * Completion}), and drafts become {@link org.vipdrift.model.haproxy.settings.HaproxyConfiguration}.
 * Fetches, converters and ACL keywords with their signatures, and the keywords of every place with
 * the mark whether they are modelled, are tables in resources.
 *
 * <pre>
 *   text        Line, Word, LineSplitter, LineReader, ConditionalExpression, ArgumentSplitter
 *   sections    GlobalReader, ProxyReader (FrontendReader, BackendReader, CommonReader), PeersReader,
 *               ResolversReader, MailersReader, RingReader, UserListReader, CacheReader, ...
 *   lines       BindReader, ServerReader (ServerOption), BalanceReader, CookieReader, CheckReader,
 *               StickReader, StickTableReader, OptionReader, LogReader, StatsReader, ...
 *   rules       HttpRuleReader, TcpRuleReader (with their action readers), AclParser,
 *               ConditionParser, SampleParser, LogFormatParser, RedirectReader, ReplyReader
 *   values      Addresses, SocketAddress, Numbers, Names, HostNames, Certificates, TlsOptions
 *   drafts      GlobalDraft, ProxyDraft, ServerDraft, CheckDraft, PeersDraft, StatsDraft, RuleDraft
 *   afterwards  References, ProxyChecks, BindChecks, RuleOrder, ...Oddities, ProxyFinish
 *   tables      KeywordCatalogue, SampleCatalogue, PredefinedAcls, ResourceTable
 * </pre>
 *
 * <p>Behaviour was measured on HAProxy 2.6.12 (Debian 12). A {@link
 * org.vipdrift.model.config.Severity#ERROR} stands where it refuses to run, a warning where it
 * warns; what it accepts and the model does not act on is a note {@code accepted-not-modelled}.
 * Deliberately absent: Lua code, SPOE configuration files, and anything that needs the machine
 * (user names, interfaces, the resolver of the C library).
 */
@NullMarked
package org.vipdrift.model.config.haproxy;

import org.jspecify.annotations.NullMarked;
