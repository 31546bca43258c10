package org.vipdrift.model.haproxy.sample;

import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.haproxy.settings.UserList;

/** What sessions may ask of the process and its proxies. */
public interface LiveFigures {
  /** Usable servers of a backend. */
  int usableServers(String backend);

  /** Sessions of a backend. */
  int backendConnections(String backend);

  /** Sessions of a frontend. */
  int frontendConnections(String frontend);

  /** Requests that wait in a backend, in its own queue and in its servers'. */
  int queued(String backend);

  /** Connections of a server; empty if there is none of this name. */
  OptionalLong serverConnections(String backend, String server);

  /** Whether a server is up; empty if there is none of this name. */
  Optional<Boolean> serverIsUp(String backend, String server);

  /** A figure of a stick table's entry, such as {@code conn_cur} or {@code server_id}. */
  OptionalLong stored(String table, Sample key, String data);

  /** A {@code userlist} section. */
  Optional<UserList> userList(String name);

  /** The host's name. */
  String hostName();

  int processId();
}
