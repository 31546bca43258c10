package org.vipdrift.model.config.keepalived;

import java.util.Optional;

/**
 * The scripts that are told about transitions.
 *
 * @param deletedEnabled whether {@code notify_deleted} was given, with or without a script
 */
public record NotifyScripts(
    Optional<ScriptCommand> any,
    Optional<ScriptCommand> master,
    Optional<ScriptCommand> backup,
    Optional<ScriptCommand> fault,
    Optional<ScriptCommand> stop,
    Optional<ScriptCommand> deleted,
    boolean deletedEnabled,
    Optional<ScriptCommand> masterReceivedLowerPriority) {}
