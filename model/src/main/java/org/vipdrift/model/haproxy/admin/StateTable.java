package org.vipdrift.model.haproxy.admin;

import java.util.Optional;
import org.vipdrift.model.haproxy.settings.ServerAddress;
import org.vipdrift.model.haproxy.settings.ServerPort;
import org.vipdrift.model.haproxy.settings.ServerSettings;
import org.vipdrift.model.health.Administration;
import org.vipdrift.model.health.CheckResult;
import org.vipdrift.model.health.HealthBoard;
import org.vipdrift.model.health.HealthBoard.ServerRef;
import org.vipdrift.model.health.ServerHealth;

/** What {@code show servers state} prints. */
final class StateTable {
  private static final String HEAD =
      "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight"
          + " srv_iweight srv_time_since_last_change srv_check_status srv_check_result"
          + " srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id"
          + " srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr"
          + " srv_agent_port\n";

  private StateTable() {}

  static String of(HealthBoard board, Optional<String> only, long at) {
    StringBuilder text = new StringBuilder(HEAD);
    for (ServerRef ref : board.all()) {
      if (only.isEmpty() || only.get().equals(ref.backend())) {
        line(text, board, ref, at);
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, HealthBoard board, ServerRef ref, long at) {
    ServerSettings server = board.server(ref);
    ServerHealth health = board.health(ref);
    text.append(board.proxy(ref.backend()).id()).append(' ').append(ref.backend());
    text.append(' ').append(server.id()).append(' ').append(server.name());
    text.append(' ').append(address(server)).append(' ').append(health.state().ordinal());
    text.append(' ').append(health.administration().bits()).append(' ').append(health.weight());
    text.append(' ').append(server.weight()).append(' ');
    text.append((at - health.changedAt()) / 1_000_000_000L).append(' ');
    text.append(health.lastCheck().map(r -> r.status().number()).orElse(1)).append(' ');
    text.append(health.lastCheck().map(StateTable::result).orElse(0)).append(' ');
    text.append(health.counter()).append(' ').append(checkState(board, ref));
    text.append(" 0 0 0 - ").append(port(server)).append(" - ");
    text.append(server.tls().isPresent() ? 1 : 0).append(' ');
    text.append(server.check().port().orElse(0)).append(" - - 0\n");
  }

  /** 2 configured, 4 enabled, 8 paused. */
  private static int checkState(HealthBoard board, ServerRef ref) {
    ServerHealth health = board.health(ref);
    if (!board.server(ref).check().enabled()) {
      return health.administration().has(Administration.Flag.CONFIGURED) ? 8 : 0;
    }
    if (!health.checksEnabled()) {
      return 2;
    }
    return health.inMaintenance() ? 14 : 6;
  }

  private static int result(CheckResult result) {
    return switch (result.verdict()) {
      case NEUTRAL -> 1;
      case FAILED -> 2;
      case PASSED -> 3;
      case CONDITIONALLY_PASSED -> 4;
    };
  }

  static String address(ServerSettings server) {
    return switch (server.address()) {
      case ServerAddress.Ip ip -> ip.address().toString();
      case ServerAddress.Name(String host) -> host;
      case ServerAddress.Unix(String path) -> path;
    };
  }

  static int port(ServerSettings server) {
    return switch (server.port()) {
      case ServerPort.Fixed(int port) -> port;
      case ServerPort.Mapped(int offset) -> offset;
      case ServerPort.Absent _ -> 0;
    };
  }
}
