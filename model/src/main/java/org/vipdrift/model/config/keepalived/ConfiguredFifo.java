package org.vipdrift.model.config.keepalived;

import java.util.Optional;

/**
 * A named pipe that changes are written to.
 *
 * @param user who may read it, if named
 * @param group which may read it, if named
 */
public record ConfiguredFifo(String path, Optional<String> user, Optional<String> group) {}
