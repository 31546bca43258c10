/**
 * Findings about configurations that keepalived itself accepts without a word.
 *
 * <p>{@link org.vipdrift.model.audit.KeepalivedAudit} is the way in. {@code HostAudit} looks at one
 * file alone, {@code PairAudit} at what makes two hosts deaf to each other, {@code ElectionAudit}
 * at who wins and whether a failing check can change that. Deliberately absent: what keepalived
 * complains about itself, which the parser's problems say, and anything that depends on the machine
 * (whether a script exists, whether an address is local).
 */
@NullMarked
package org.vipdrift.model.audit;

import org.jspecify.annotations.NullMarked;
