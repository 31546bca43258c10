package org.vipdrift.simulator.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vipdrift.model.ipvs.DirectorSettings;

/** The kernel settings that are modelled; all others have no effect. */
final class Sysctls {
  private final Map<String, String> values = new LinkedHashMap<>();

  void set(Map<String, String> changed) {
    values.putAll(changed);
  }

  String get(String name) {
    return values.getOrDefault(name, "0");
  }

  /** Of an interface: as Linux takes it, the higher of its own and that of all. */
  int ofInterface(String networkInterface, String name) {
    return Math.max(
        number("net.ipv4.conf.all." + name, 0),
        number(
            "net.ipv4.conf." + networkInterface + "." + name,
            number("net.ipv4.conf.default." + name, 0)));
  }

  boolean forwards() {
    return number("net.ipv4.ip_forward", 0) != 0 || number("net.ipv4.conf.all.forwarding", 0) != 0;
  }

  private int number(String name, int usual) {
    String text = values.getOrDefault(name, "");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : usual;
  }

  private boolean flag(String name, boolean usual) {
    return number("net.ipv4.vs." + name, usual ? 1 : 0) != 0;
  }

  DirectorSettings director() {
    DirectorSettings usual = DirectorSettings.DEFAULT;
    String[] sync = values.getOrDefault("net.ipv4.vs.sync_threshold", "").strip().split("\\s+");
    boolean both =
        sync.length == 2 && sync[0].matches("[0-9]{1,9}") && sync[1].matches("[0-9]{1,9}");
    return new DirectorSettings(
        flag("expire_nodest_conn", usual.expireNodestConn()),
        flag("expire_quiescent_template", usual.expireQuiescentTemplate()),
        flag("conn_reuse_mode", usual.connReuseMode()),
        flag("sloppy_tcp", usual.sloppyTcp()),
        both ? Integer.parseInt(sync[0]) : usual.syncThreshold(),
        both ? Integer.parseInt(sync[1]) : usual.syncPeriod(),
        usual.addressHash());
  }
}
