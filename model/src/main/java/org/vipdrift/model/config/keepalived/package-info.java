/**
 * keepalived.conf as keepalived 2.2.7 reads it: lines, block tree, typed configuration, problems.
 *
 * <p>{@link org.vipdrift.model.config.keepalived.KeepalivedParser} is the way in. A line goes
 * through comments, conditions, parameters, {@code ~SEQ}/{@code ~LST} and includes ({@code
 * LineReader}), then into a tree that is steered by the keywords, because keepalived closes blocks
 * by keyword too ({@code TreeBuilder}, {@code KeywordCatalogue}); one reader per kind of block
 * makes the typed records, and {@code Completion} applies what keepalived does once everything is
 * read.
 *
 * <p>Behaviour was measured on keepalived 2.2.7 (Debian 12). A {@link
 * org.vipdrift.model.config.Severity#ERROR} stands exactly where it refuses to run. Deliberately
 * absent: {@code bfd_instance} values, which stay trees, and anything about the machine but the
 * names of its interfaces.
 */
@NullMarked
package org.vipdrift.model.config.keepalived;

import org.jspecify.annotations.NullMarked;
