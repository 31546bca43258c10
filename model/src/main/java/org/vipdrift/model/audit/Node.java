package org.vipdrift.model.audit;

import java.util.TreeSet;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.frame.IpAddress;

/** An instance on its host. */
record Node(String host, KeepalivedConfiguration configuration, VrrpInstanceBlock instance) {
  TreeSet<IpAddress> addresses() {
    TreeSet<IpAddress> all = new TreeSet<>();
    instance.addresses().stream().map(ConfiguredAddress::address).forEach(all::add);
    return all;
  }

  boolean sharesAddress(Node other) {
    TreeSet<IpAddress> theirs = other.addresses();
    return addresses().stream().anyMatch(theirs::contains);
  }

  boolean sameRouter(Node other) {
    return instance.vrid() == other.instance.vrid() && instance.family() == other.instance.family();
  }
}
