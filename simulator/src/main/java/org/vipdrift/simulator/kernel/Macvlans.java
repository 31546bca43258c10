package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.actors.port.VirtualInterfaces.Answer;
import org.vipdrift.actors.port.VirtualInterfaces.Outcome;
import org.vipdrift.model.vrrp.VirtualInterface;

/** The macvlans of a host, with the settings that keepalived gives them and their parents. */
final class Macvlans {
  private record Made(VirtualInterface.Macvlan wanted, String by, String parentArpIgnore) {}

  private final HostKernel kernel;
  private final Map<String, NetworkInterface> interfaces;
  private final Map<String, Made> made = new LinkedHashMap<>(0);

  Macvlans(HostKernel kernel, Map<String, NetworkInterface> interfaces) {
    this.kernel = kernel;
    this.interfaces = interfaces;
  }

  Answer ensure(VirtualInterface.Macvlan wanted, String by, long cause) {
    NetworkInterface parent = interfaces.get(wanted.parent());
    if (parent == null || parent.isVirtual()) {
      return new Answer(wanted.name(), Outcome.NO_SUCH_PARENT, cause);
    }
    Made there = made.get(wanted.name());
    if (there != null && there.wanted.equals(wanted)) {
      return new Answer(wanted.name(), Outcome.ALREADY_THERE, cause);
    }
    if (interfaces.containsKey(wanted.name())) {
      return new Answer(wanted.name(), Outcome.REFUSED, cause);
    }
    made.put(wanted.name(), new Made(wanted, by, kernel.sysctls().get(arpIgnore(parent.name()))));
    NetworkInterface added = NetworkInterface.macvlan(parent, wanted.name(), wanted.mac());
    interfaces.put(wanted.name(), added);
    // Each answers for its own addresses only: keepalived 2.2.7 sets both to 1.
    setArpIgnore(wanted.name(), "1");
    setArpIgnore(parent.name(), "1");
    long event = added.refreshLink(cause);
    if (!added.isUp()) {
      kernel.interfaceChanged(added, event);
    }
    return new Answer(wanted.name(), Outcome.DONE, event);
  }

  Answer remove(String name, long cause) {
    Made gone = made.remove(name);
    if (gone == null) {
      return new Answer(name, Outcome.NOT_THERE, cause);
    }
    NetworkInterface macvlan = interfaces.remove(name);
    if (macvlan != null) {
      kernel.localAddresses().clear(macvlan, gone.by, cause);
      macvlan.detach();
      kernel.interfaceChanged(macvlan, cause);
    }
    boolean last =
        made.values().stream().noneMatch(m -> m.wanted.parent().equals(gone.wanted.parent()));
    if (last) {
      setArpIgnore(gone.wanted.parent(), gone.parentArpIgnore);
    }
    return new Answer(name, Outcome.DONE, cause);
  }

  void release(String by, long cause) {
    for (String name : List.copyOf(made.keySet())) {
      if (ProcessOwners.belongs(made.get(name).by, by)) {
        remove(name, cause);
      }
    }
  }

  /** After a power cut none is left. */
  void clear(long cause) {
    new ArrayList<>(made.keySet()).forEach(name -> remove(name, cause));
  }

  private void setArpIgnore(String networkInterface, String value) {
    Map<String, String> changed = new LinkedHashMap<>();
    changed.put(arpIgnore(networkInterface), value);
    kernel.sysctls().set(changed);
  }

  private static String arpIgnore(String networkInterface) {
    return "net.ipv4.conf." + networkInterface + ".arp_ignore";
  }
}
