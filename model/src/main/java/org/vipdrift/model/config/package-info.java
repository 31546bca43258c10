/**
 * What every reader of configuration text shares: positions, problems, suggestions and access to
 * files.
 *
 * <p>A reader never throws on what a user wrote; it answers {@link
 * org.vipdrift.model.config.Problem}s that point to file, line and column. No reader opens a file:
 * contents come through {@link org.vipdrift.model.config.SourceFiles}.
 */
@NullMarked
package org.vipdrift.model.config;

import org.jspecify.annotations.NullMarked;
