package org.vipdrift.simulator.kernel.tcp;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;

/** What segments between two addresses and ports belong to. */
sealed interface Flow permits TcpConnection, TimeWait {
  IpAddress localAddress();

  int localPort();

  IpAddress remoteAddress();

  int remotePort();

  /** The next one in the same bucket of the {@link FlowTable}. */
  @Nullable Flow nextInBucket();

  void setNextInBucket(@Nullable Flow next);

  void receive(Arrival arrival);
}
