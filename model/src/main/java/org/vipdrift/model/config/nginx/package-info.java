/**
 * nginx.conf as nginx 1.22.1 reads it: words, directive tree, typed settings, problems.
 *
 * <p>{@link org.vipdrift.model.config.nginx.NginxParser} is the way in.
 *
 * <pre>
 *   NginxLexer -> TreeReader (includes) -> DirectiveChecks (contexts, numbers of arguments,
 *   kinds; the catalogue holds all of Debian's build) -> HttpBlockReader, StreamBlockReader,
 *   which look directives up through Scope: a block that lacks one takes it from around it
 *
 *   blocks     LocationReader, ListenReader, UpstreamReader, ProxyReader, RewriteReader, MapReader
 *   words      NginxStatement, NginxWord, Templates, Patterns, Values, ValueChecks
 *   tables     DirectiveCatalogue (Directive, Context, HttpDirectives, StreamDirectives),
 *              PackagedFiles: what Debian's package brings
 * </pre>
 *
 * <p>Behaviour was measured with {@code nginx -t} of version 1.22.1 (Debian 12). An {@link
 * org.vipdrift.model.config.Severity#ERROR} stands where it refuses, a NOTE where a directive is
 * accepted and means nothing here. Deliberately absent: mail, and files that only exist on a real
 * machine (certificates, password files), which are taken as there.
 */
@NullMarked
package org.vipdrift.model.config.nginx;

import org.jspecify.annotations.NullMarked;
