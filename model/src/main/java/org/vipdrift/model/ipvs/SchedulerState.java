package org.vipdrift.model.ipvs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a scheduler remembers between two connections. */
interface SchedulerState {
  /**
   * The real server of a new connection; none when no one takes it.
   *
   * @param servers of the service, the one added last first
   */
  @Nullable RealServer pick(List<RealServer> servers, Flow flow);

  /** A real server was added; it stands in the list. */
  default void added(List<RealServer> servers) {}

  /**
   * A real server was taken out of the list.
   *
   * @param index where it stood
   */
  default void removed(List<RealServer> servers, RealServer server, int index) {}

  /** A weight or threshold was changed. */
  default void changed(List<RealServer> servers) {}

  static SchedulerState of(VirtualService service, DirectorSettings settings) {
    return switch (service.rule()) {
      case RR -> new RoundRobin();
      case WRR -> new WeightedRoundRobin();
      case LC, WLC, SED, NQ, FO, OVF -> new LeastLoaded(service.rule());
      case SH -> new AddressHashing(service, settings.addressHash(), true);
      case DH -> new AddressHashing(service, settings.addressHash(), false);
      case MH -> new MaglevHashing(service);
    };
  }
}
