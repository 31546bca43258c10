/**
 * Findings that need more than one node's configuration, which keepalived itself cannot see.
 *
 * <p>{@link org.vipdrift.model.audit.KeepalivedAudit} compares the instances of two or more hosts
 * that share VRID and address family. Deliberately absent: what concerns one file alone, which the
 * parser's problems say.
 */
@NullMarked
package org.vipdrift.model.audit;

import org.jspecify.annotations.NullMarked;
