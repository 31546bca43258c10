package org.vipdrift.simulator.client;

import java.util.List;
import java.util.stream.IntStream;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Pages;
import org.vipdrift.simulator.host.Surroundings;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.segment.SimulatedSegment;
import org.vipdrift.simulator.time.HostClock;

/** A machine that asks the cluster something again and again, and notes who answers. */
public sealed interface SimulatedClient permits PingClient, HttpClient {
  HostKernel kernel();

  /** Switches it on; it begins when its specification says. */
  void start();

  /**
   * A client that is off.
   *
   * @param random of the run; the client takes the streams of its own name
   * @param pages by which answers are told apart
   */
  static SimulatedClient create(
      Client specification,
      SimulatedSegment segment,
      MacAddress mac,
      HostClock clock,
      TraceSink trace,
      SplitRandom random,
      Surroundings surroundings,
      Pages pages) {
    HostKernel kernel = new HostKernel(specification.name(), clock, trace, random, _ -> false);
    List<IpPrefix> addresses =
        IntStream.range(0, specification.count())
            .mapToObj(
                user ->
                    new IpPrefix(specification.addressOf(user), specification.address().length()))
            .toList();
    kernel.addInterface("eth0", mac, addresses, segment);
    specification.gateway().ifPresent(kernel::setGateway);
    SplitRandom own = random.split("client").split(specification.name());
    return switch (specification.activity()) {
      case Client.Pings pings -> new PingClient(specification, pings, kernel, trace, surroundings);
      case Client.Fetches fetches ->
          new HttpClient(
              specification, fetches, kernel, trace, own, new Holders(surroundings), pages);
    };
  }
}
