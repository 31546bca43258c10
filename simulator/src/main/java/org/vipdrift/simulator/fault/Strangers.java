package org.vipdrift.simulator.fault;

import java.util.Optional;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.vrrp.Advertisement;
import org.vipdrift.model.vrrp.AdvertisementCodec;
import org.vipdrift.model.vrrp.Authentication;
import org.vipdrift.model.vrrp.ChecksumMode;
import org.vipdrift.simulator.cluster.Cluster;
import org.vipdrift.simulator.fault.Timeline.Undo;
import org.vipdrift.simulator.host.SchedulingLatency;
import org.vipdrift.simulator.kernel.HostKernel;

/** Machines that nobody invited: another VRRP speaker, another holder of an address. */
final class Strangers {
  private static final String WHO = "stranger";
  private static final int TTL = 255;

  private final Cluster cluster;

  Strangers(Cluster cluster) {
    this.cluster = cluster;
  }

  Undo duplicateAddress(String name, Action.DuplicateAddress action, long cause) {
    HostKernel kernel = arrive(name, action.segment(), action.address(), cause);
    kernel.calls().announce(WHO, "eth0", action.address(), cause);
    return kernel::powerOff;
  }

  Undo rogueSpeaker(String name, Action.RogueSpeaker action, long cause) {
    HostKernel kernel = arrive(name, action.segment(), action.address(), cause);
    IpAddress group =
        switch (action.address()) {
          case IpAddress.V4 _ -> IpAddress.VRRP_GROUP_V4;
          case IpAddress.V6 _ -> IpAddress.VRRP_GROUP_V6;
        };
    Speaker speaker =
        new Speaker(kernel, action, group, cluster.random().split("stranger").split(name), cause);
    speaker.speak();
    return kernel::powerOff;
  }

  private HostKernel arrive(String name, String segment, IpAddress address, long cause) {
    int prefix = address.family() == IpFamily.IPV4 ? 24 : 64;
    HostKernel kernel = cluster.addStranger(name, segment, new IpPrefix(address, prefix));
    kernel.powerOn(cause);
    kernel.openOwner(WHO);
    return kernel;
  }

  /** Sends its advert again and again, as long as its machine runs. */
  private static final class Speaker {
    private final HostKernel kernel;
    private final Action.RogueSpeaker action;
    private final IpAddress group;
    private final Octets message;
    private final Alarms alarms;
    private final long cause;

    Speaker(
        HostKernel kernel,
        Action.RogueSpeaker action,
        IpAddress group,
        SplitRandom random,
        long cause) {
      this.kernel = kernel;
      this.alarms =
          new SchedulingLatency(
              (deadline, wake) -> kernel.clock().schedule(deadline, wake, kernel), random);
      this.action = action;
      this.group = group;
      this.cause = cause;
      Optional<Authentication> password = action.password().map(Authentication.Password::of);
      this.message =
          AdvertisementCodec.encode(
              new Advertisement(
                  action.version(),
                  action.address().family(),
                  action.vrid(),
                  action.priority(),
                  action.interval(),
                  action.vips(),
                  password.orElse(Authentication.NONE)),
              action.address(),
              group,
              ChecksumMode.PSEUDO_HEADER);
    }

    void speak() {
      if (kernel.isPoweredOn()) {
        kernel.calls().sendVrrp(WHO, "eth0", action.address(), group, TTL, message, cause);
        alarms.set(kernel.clock().monotonicNanos() + action.interval().toNanos(), this::speak);
      }
    }
  }
}
