package org.vipdrift.netio.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/** Finds out before anything is touched whether a node can live on this machine. */
public final class Preflight {
  private static final int NET_ADMIN = 12;
  private static final int NET_RAW = 13;
  private static final int DAD_FAILED = 0x08;
  private static final int FLAGS_FIELD = 4;
  private static final int NAME_FIELD = 5;
  private static final int HEXADECIMAL = 16;

  private Preflight() {}

  /** The interfaces of this network namespace; Java's own list lacks those without addresses. */
  public static List<String> interfaces() throws NodeRefusal {
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/dev"))) {
      return lines
          .filter(line -> line.contains(":"))
          .map(line -> line.substring(0, line.indexOf(':')).strip())
          .toList();
    } catch (IOException refused) {
      throw new NodeRefusal(
          NodeRefusal.Kind.ENVIRONMENT, "cannot list the network interfaces: " + refused);
    }
  }

  /**
   * Checks what the configuration needs.
   *
   * @param present interfaces that are there
   */
  static void check(NodeConfiguration configuration, List<String> present, boolean dryRun)
      throws NodeRefusal {
    if (!configuration.virtualServers().isEmpty()) {
      throw new NodeRefusal(
          NodeRefusal.Kind.CONFIGURATION,
          "virtual_server needs IPVS, which a node does not drive; start it with -P (--vrrp), which"
              + " leaves them out, and run 'keepalived -C' (checkers only) beside it for them");
    }
    Optional<Long> capabilities = capabilities();
    require(capabilities, NET_RAW, "CAP_NET_RAW to speak VRRP");
    if (!dryRun) {
      require(capabilities, NET_ADMIN, "CAP_NET_ADMIN to install addresses");
    }
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      checkInterface(instance.settings(), present);
    }
    List<String> duplicates =
        duplicateAddresses(
            configuration.instances().stream().map(i -> i.settings().interfaceName()).toList());
    if (!duplicates.isEmpty()) {
      throw new NodeRefusal(
          NodeRefusal.Kind.ENVIRONMENT,
          "address already in use on the network (duplicate address detection): "
              + String.join(", ", duplicates));
    }
  }

  private static void checkInterface(VirtualRouterSettings settings, List<String> present)
      throws NodeRefusal {
    boolean ownMade =
        settings.virtualInterfaces().stream()
            .anyMatch(v -> v.name().equals(settings.interfaceName()));
    if (!ownMade && !present.contains(settings.interfaceName())) {
      throw new NodeRefusal(
          NodeRefusal.Kind.CONFIGURATION,
          "(%s) there is no interface %s; there are %s"
              .formatted(
                  settings.instance(), settings.interfaceName(), String.join(", ", present)));
    }
  }

  private static void require(Optional<Long> capabilities, int bit, String what)
      throws NodeRefusal {
    if (capabilities.isPresent() && (capabilities.get() >> bit & 1) == 0) {
      throw new NodeRefusal(
          NodeRefusal.Kind.ENVIRONMENT,
          "no permission: a node needs " + what + "; run it as root or give it that capability");
    }
  }

  private static Optional<Long> capabilities() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("CapEff:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), HEXADECIMAL))
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** IPv6 addresses of this machine that the kernel found in use elsewhere. */
  private static List<String> duplicateAddresses(List<String> interfaceNames) {
    List<String> found = new ArrayList<>();
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/if_inet6"))) {
      lines.forEach(
          line -> {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > NAME_FIELD
                && interfaceNames.contains(fields[NAME_FIELD])
                && (Integer.parseInt(fields[FLAGS_FIELD], HEXADECIMAL) & DAD_FAILED) != 0) {
              found.add(fields[0].replaceAll("(.{4})(?!$)", "$1:") + " on " + fields[NAME_FIELD]);
            }
          });
    } catch (IOException noIpv6) {
      // nothing to find
    }
    return found;
  }
}
