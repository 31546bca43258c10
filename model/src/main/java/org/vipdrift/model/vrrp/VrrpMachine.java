package org.vipdrift.model.vrrp;

/**
 * The state machine of one virtual router (RFC 9568 section 6.4) with keepalived's FAULT state.
 *
 * <pre>
 *                    started, owner
 *        INIT ------------------------------> MASTER
 *         |  \                                 ^   |
 *         |   started, fault    master down    |   | higher priority,
 *  started|    \                timer expired, |   | or equal from a
 *         |     v               group agrees   |   | higher address
 *         |   FAULT                            |   v
 *         |    ^  \ faults cleared             |   |
 *         |    |   `---------------------->    |   |
 *         `--------------------------------> BACKUP
 *
 *   a fault takes BACKUP and MASTER to FAULT; stopping takes every state to INIT
 * </pre>
 *
 * <p>Rules live in one class per state: {@link InitState}, {@link BackupState}, {@link
 * MasterState}, {@link FaultState}; what is done between two states in {@link StateChanges}.
 */
public final class VrrpMachine {
  private VrrpMachine() {}

  /**
   * What follows from an event.
   *
   * @param settings those of the instance; with {@link VrrpEvent.SettingsChanged} the new ones
   * @param state the last {@link VrrpTransition#next}, or {@link VrrpRouterState#initial}
   * @param event with a time not before that of the last event
   */
  public static VrrpTransition on(
      VirtualRouterSettings settings, VrrpRouterState state, VrrpEvent event) {
    Step step = new Step(settings, state, event.at());
    return switch (state.state()) {
      case INIT -> InitState.on(step, event);
      case BACKUP -> BackupState.on(step, event);
      case MASTER -> MasterState.on(step, event);
      case FAULT -> FaultState.on(step, event);
    };
  }

  /** What does not concern a router in its state. */
  static VrrpTransition ignore(Step step, VrrpEvent event) {
    return step.done(event.getClass().getSimpleName() + " ignored in " + step.state);
  }
}
