package org.vipdrift.model.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.config.keepalived.GlobalDefinitions;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualInterface;

/** Names the virtual interfaces of one file, as keepalived 2.2.7 was measured to. */
final class VirtualInterfacePlan {
  private static final String DEFAULT_PREFIX = "vrrp";
  private static final int OCTETS_OF_A_PREFIX = 5;

  private final String prefix;
  private final String addressPrefix;
  private final Set<String> taken = new TreeSet<>();

  VirtualInterfacePlan(GlobalDefinitions global) {
    this.prefix = global.vmacPrefix().orElse(DEFAULT_PREFIX);
    this.addressPrefix = global.vmacAddressPrefix().orElse(prefix);
  }

  /** The interfaces of one instance: its own first, then those of its addresses. */
  final class OfInstance {
    private final VrrpInstanceBlock block;
    private final Optional<VirtualInterface> own;
    private final List<VirtualInterface> all = new ArrayList<>();

    private OfInstance(VrrpInstanceBlock block) {
      this.block = block;
      this.own = own();
      own.ifPresent(all::add);
    }

    List<VirtualInterface> all() {
      return List.copyOf(all);
    }

    /** Where adverts go, if not on the interface of the instance. */
    Optional<String> socketInterface() {
      boolean onBase = block.virtualMac().transmitBase() || block.unicast().enabled();
      return own.filter(_ -> !onBase).map(VirtualInterface::name);
    }

    /** An address with the interface it is installed on. */
    VirtualAddress place(ConfiguredAddress configured) {
      VirtualAddress address = InstalledAddress.of(configured).address();
      IpFamily family = address.address().family();
      boolean elsewhere =
          configured.device().filter(d -> !d.equals(block.interfaceName())).isPresent();
      boolean asked =
          configured.options().contains("use_vmac")
              || block.virtualMac().useVmacAddress() && (elsewhere || family != block.family());
      Optional<String> place = configured.device();
      if (asked) {
        place = Optional.of(ofAddress(configured.device().orElse(block.interfaceName()), family));
      } else if (place.isEmpty() && family == block.family()) {
        place = own.map(VirtualInterface::name);
      }
      return new VirtualAddress(address.prefix(), place, address.attributes());
    }

    private String ofAddress(String parent, IpFamily family) {
      MacAddress mac = MacAddress.ofVirtualRouter(block.vrid(), family);
      for (VirtualInterface one : all) {
        if (one instanceof VirtualInterface.Macvlan(String name, String on, MacAddress its)
            && on.equals(parent)
            && its.equals(mac)) {
          return name;
        }
      }
      String name = free(addressPrefix, block.vrid(), family);
      all.add(new VirtualInterface.Macvlan(name, parent, mac));
      return name;
    }

    private Optional<VirtualInterface> own() {
      if (block.virtualMac().useVmac()) {
        return Optional.of(macvlan(block.virtualMac().vmacWords()));
      }
      return block.virtualMac().useIpvlan()
          ? Optional.of(ipvlan(block.virtualMac().ipvlanWords()))
          : Optional.empty();
    }

    private VirtualInterface macvlan(List<String> words) {
      Optional<String> name = words.stream().filter(w -> w.indexOf(':') < 0).findFirst();
      MacAddress mac =
          words.stream()
              .filter(w -> w.indexOf(':') >= 0)
              .findFirst()
              .flatMap(this::mac)
              .orElse(MacAddress.ofVirtualRouter(block.vrid(), block.family()));
      return new VirtualInterface.Macvlan(named(name), block.interfaceName(), mac);
    }

    /** The VRID stands for a missing last octet. */
    private Optional<MacAddress> mac(String text) {
      boolean cut = text.split(":").length == OCTETS_OF_A_PREFIX;
      return MacAddress.parse(
          cut ? String.format(Locale.ROOT, "%s:%02x", text, block.vrid()) : text);
    }

    private VirtualInterface ipvlan(List<String> words) {
      Optional<String> name = Optional.empty();
      Optional<IpAddress> address = Optional.empty();
      VirtualInterface.Mode mode = VirtualInterface.Mode.BRIDGE;
      for (String word : words) {
        int slash = word.indexOf('/');
        Optional<IpAddress> read = IpAddress.parse(slash < 0 ? word : word.substring(0, slash));
        switch (word) {
          case "bridge" -> mode = VirtualInterface.Mode.BRIDGE;
          case "private" -> mode = VirtualInterface.Mode.PRIVATE;
          case "vepa" -> mode = VirtualInterface.Mode.VEPA;
          default -> {
            address = address.or(() -> read);
            name = read.isPresent() ? name : Optional.of(word);
          }
        }
      }
      return new VirtualInterface.Ipvlan(named(name), block.interfaceName(), address, mode);
    }

    private String named(Optional<String> name) {
      name.ifPresent(taken::add);
      return name.orElseGet(() -> free(prefix, block.vrid(), block.family()));
    }
  }

  OfInstance of(VrrpInstanceBlock block) {
    return new OfInstance(block);
  }

  private String free(String start, int vrid, IpFamily family) {
    String name = start + "." + vrid;
    if (taken.contains(name) && family == IpFamily.IPV6) {
      name = start + "6." + vrid;
    }
    for (int i = 1; taken.contains(name); i++) {
      name = start + i + "." + vrid;
    }
    taken.add(name);
    return name;
  }
}
