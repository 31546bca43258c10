package org.vipdrift.netio.port;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.netio.link.NetworkNamespace;

/**
 * Refuses traffic for addresses through nftables, in a table {@code vipdrift} for each family.
 *
 * <p>The rules are those that keepalived 2.2.7 makes on Debian 12, in tables of another name: a set
 * of addresses, packets to one of them dropped at input and from one at output, just before the
 * ordinary filter; in IPv6 neighbour solicitations and advertisements go through. Departs from it
 * for link-local addresses, which are refused on every interface, not on that of the instance.
 *
 * <p>The tables are there while an address is refused. A table that an earlier process left behind
 * is removed at the start, ours at the end. Rules are in force some milliseconds after the message;
 * nothing waits for them.
 */
public final class LinuxPacketFilter extends AbstractMatchingBehavior<PacketFilter.Command> {
  private static final String REMOVE =
      """
      add table ip vipdrift
      delete table ip vipdrift
      add table ip6 vipdrift
      delete table ip6 vipdrift
      """;

  private static final String MAKE =
      """
      table ip vipdrift {
        set vips { type ipv4_addr; }
        chain in {
          type filter hook input priority -1; policy accept;
          ip daddr @vips drop
        }
        chain out {
          type filter hook output priority -1; policy accept;
          ip saddr @vips drop
        }
      }
      table ip6 vipdrift {
        set vips { type ipv6_addr; }
        chain in {
          type filter hook input priority -1; policy accept;
          icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
          ip6 daddr @vips drop
        }
        chain out {
          type filter hook output priority -1; policy accept;
          icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
          ip6 saddr @vips drop
        }
      }
      """;

  private final NftProgram nft;
  private final Map<IpAddress, String> refused = new LinkedHashMap<>();

  private LinuxPacketFilter(ActorContext<PacketFilter.Command> context, NftProgram nft) {
    super(context);
    this.nft = nft;
    nft.carryOut(REMOVE);
  }

  /**
   * Removes what an earlier process left behind, and refuses nothing.
   *
   * @param namespace whose traffic is meant; stays the caller's to close
   */
  public static Behavior<PacketFilter.Command> create(NetworkNamespace namespace) {
    return Behaviors.setup(context -> new LinuxPacketFilter(context, NftProgram.start(namespace)));
  }

  @Override
  public Behavior<PacketFilter.Command> onMessage(PacketFilter.Command command) {
    switch (command) {
      case PacketFilter.RefuseTraffic(String who, IpAddress address) -> refuse(who, address);
      case PacketFilter.AcceptTraffic(String _, IpAddress address) -> accept(List.of(address));
      case PacketFilter.ReleaseAll(String who) ->
          accept(
              refused.entrySet().stream()
                  .filter(each -> belongs(each.getValue(), who))
                  .map(Map.Entry::getKey)
                  .toList());
    }
    return this;
  }

  /** Whether {@code who} is this owner or a part of it, as {@code keepalived#1/VI_1}. */
  private static boolean belongs(String who, String owner) {
    return who.equals(owner) || who.startsWith(owner + "/");
  }

  private void refuse(String who, IpAddress address) {
    boolean first = refused.isEmpty();
    boolean isNew = refused.put(address, who) == null;
    if (isNew) {
      nft.carryOut((first ? MAKE : "") + element("add", address));
    }
  }

  private void accept(List<IpAddress> addresses) {
    for (IpAddress address : addresses) {
      if (refused.remove(address) != null) {
        nft.carryOut(refused.isEmpty() ? REMOVE : element("delete", address));
      }
    }
  }

  private static String element(String verb, IpAddress address) {
    String family = address.family() == IpFamily.IPV4 ? "ip" : "ip6";
    return verb + " element " + family + " vipdrift vips { " + address + " }";
  }

  @Override
  public Behavior<PacketFilter.Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      nft.carryOut(REMOVE);
      nft.close();
    }
    return this;
  }
}
