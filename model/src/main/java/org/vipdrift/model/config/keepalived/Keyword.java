package org.vipdrift.model.config.keepalived;

import java.util.Optional;

/**
 * A keyword in its context.
 *
 * @param modelled whether it shapes the typed configuration; else it is accepted and reported
 * @param parameterNeeded whether keepalived 2.2.7 refuses to run when no parameter follows
 * @param opens the context of the block it opens
 */
record Keyword(String name, boolean modelled, boolean parameterNeeded, Optional<Context> opens) {}
