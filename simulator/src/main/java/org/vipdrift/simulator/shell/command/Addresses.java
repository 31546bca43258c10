package org.vipdrift.simulator.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.ShellHost.HostAddress;
import org.vipdrift.simulator.shell.ShellHost.HostInterface;
import org.vipdrift.simulator.shell.ShellHost.HostRoute;
import org.vipdrift.simulator.shell.ShellHost.HostSocket;
import org.vipdrift.simulator.shell.Task;

/** {@code ip}, {@code ifconfig}, {@code hostname}, {@code ss} and {@code netstat}. */
final class Addresses {
  private Addresses() {}

  static Task<Integer> ip(Invocation call) {
    Optional<IpFamily> family = Optional.empty();
    boolean oneLine = false;
    boolean brief = false;
    List<String> words = new ArrayList<>(call.arguments());
    while (!words.isEmpty() && words.getFirst().startsWith("-")) {
      switch (words.removeFirst()) {
        case "-4" -> family = Optional.of(IpFamily.IPV4);
        case "-6" -> family = Optional.of(IpFamily.IPV6);
        case "-o", "-oneline" -> oneLine = true;
        case "-br", "-brief" -> brief = true;
        case "-s", "-d", "-c" -> {}
        default -> {
          return call.unsupported(call.arguments().getFirst());
        }
      }
    }
    if (words.isEmpty() || brief) {
      return call.unsupported(brief ? "-brief" : "without an object");
    }
    String object = words.removeFirst();
    if ("address".startsWith(object)) {
      return address(call, words, family, oneLine);
    }
    if ("route".startsWith(object)) {
      return routes(call, words);
    }
    return "link".startsWith(object) ? link(call, words) : call.unsupported(object);
  }

  private static Task<Integer> address(
      Invocation call, List<String> words, Optional<IpFamily> family, boolean oneLine) {
    String verb = words.isEmpty() ? "show" : words.getFirst();
    if (verb.matches("add|a|del|delete|d")) {
      return change(call, words.subList(1, words.size()), verb.startsWith("a"));
    }
    List<String> rest =
        verb.matches("s|sh|show|list|ls|l") && !words.isEmpty()
            ? words.subList(1, words.size())
            : words;
    Optional<String> device = Optional.empty();
    for (int i = 0; i < rest.size(); i++) {
      if (rest.get(i).equals("dev") && i + 1 < rest.size()) {
        device = Optional.of(rest.get(++i));
      } else if (device.isEmpty()
          && !rest.get(i).matches("up|scope|to|primary|secondary|label|type|flush")) {
        device = Optional.of(rest.get(i));
      } else {
        return call.unsupported("addr " + rest.get(i));
      }
    }
    Optional<String> wanted = device;
    List<HostInterface> shown =
        call.host().interfaces().stream()
            .filter(i -> wanted.isEmpty() || i.name().equals(wanted.get()))
            .toList();
    if (wanted.isPresent() && shown.isEmpty()) {
      call.complain("Device \"" + wanted.get() + "\" does not exist.");
      return Task.of(1);
    }
    for (HostInterface card : shown) {
      List<HostAddress> addresses =
          card.addresses().stream()
              .filter(a -> family.isEmpty() || a.prefix().address().family() == family.get())
              .toList();
      if (!oneLine && (family.isEmpty() || !addresses.isEmpty())) {
        linkLines(call, card, family.isEmpty());
      }
      for (HostAddress address : addresses) {
        addressLines(call, card, address, oneLine);
      }
    }
    return Task.of(0);
  }

  private static void linkLines(Invocation call, HostInterface card, boolean withMac) {
    boolean running = card.up() && card.carrier();
    String flags =
        (card.loopback() ? "LOOPBACK" : "BROADCAST,MULTICAST")
            + (card.up() ? ",UP" : "")
            + (running ? ",LOWER_UP" : "");
    call.printLine(
        card.index()
            + ": "
            + card.name()
            + ": <"
            + (card.up() && !card.carrier() ? "NO-CARRIER," : "")
            + flags
            + "> mtu "
            + card.mtu()
            + " qdisc "
            + (card.loopback() ? "noqueue" : "fq_codel")
            + " state "
            + (card.loopback() ? "UNKNOWN" : running ? "UP" : "DOWN")
            + " group default qlen 1000");
    if (withMac) {
      call.printLine(
          "    link/"
              + (card.loopback() ? "loopback " : "ether ")
              + card.mac()
              + " brd "
              + (card.loopback() ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff"));
    }
  }

  private static void addressLines(
      Invocation call, HostInterface card, HostAddress address, boolean oneLine) {
    IpPrefix prefix = address.prefix();
    boolean v4 = prefix.address().family() == IpFamily.IPV4;
    String scope = card.loopback() ? "host" : prefix.address().isLinkLocal() ? "link" : "global";
    String text =
        (v4 ? "inet " : "inet6 ")
            + prefix
            + " scope "
            + scope
            + (address.secondary() ? " secondary" : "")
            + (v4 ? " " + card.name() : "");
    if (oneLine) {
      call.printLine(
          card.index()
              + ": "
              + card.name()
              + "    "
              + text
              + "\\       valid_lft forever preferred_lft forever");
    } else {
      call.printLine("    " + text);
      call.printLine("       valid_lft forever preferred_lft forever");
    }
  }

  private static Task<Integer> change(Invocation call, List<String> words, boolean adds) {
    int dev = words.indexOf("dev");
    Optional<IpPrefix> prefix =
        words.isEmpty() ? Optional.empty() : IpPrefix.parse(words.getFirst());
    if (prefix.isEmpty() || dev < 0 || dev + 1 >= words.size()) {
      call.complain("an address and dev NAME are needed");
      return Task.of(1);
    }
    String card = words.get(dev + 1);
    if (call.host().interfaces().stream().noneMatch(i -> i.name().equals(card))) {
      call.complain("Cannot find device \"" + card + "\"");
      return Task.of(1);
    }
    boolean done =
        adds
            ? call.host().addAddress(card, prefix.get())
            : call.host().removeAddress(card, onInterface(call, card, prefix.get()));
    if (!done) {
      call.complain(
          "RTNETLINK answers: " + (adds ? "File exists" : "Cannot assign requested address"));
    }
    return Task.of(done ? 0 : 2);
  }

  /** Without a length the kernel takes the address whatever its length is. */
  private static IpPrefix onInterface(Invocation call, String card, IpPrefix asked) {
    if (asked.length() != asked.address().family().bits()) {
      return asked;
    }
    return call.host().interfaces().stream()
        .filter(i -> i.name().equals(card))
        .flatMap(i -> i.addresses().stream())
        .map(HostAddress::prefix)
        .filter(p -> p.address().equals(asked.address()))
        .findFirst()
        .orElse(asked);
  }

  private static Task<Integer> routes(Invocation call, List<String> words) {
    List<String> rest =
        !words.isEmpty() && words.getFirst().matches("s|sh|show|list|ls")
            ? words.subList(1, words.size())
            : words;
    boolean onlyDefault = rest.equals(List.of("default"));
    if (!rest.isEmpty() && !onlyDefault) {
      return call.unsupported("route " + String.join(" ", rest));
    }
    for (HostRoute route : call.host().routes()) {
      if (onlyDefault && route.destination().isPresent()) {
        continue;
      }
      call.printLine(
          route.destination().map(IpPrefix::toString).orElse("default")
              + route.gateway().map(g -> " via " + g).orElse("")
              + " dev "
              + route.interfaceName()
              + (route.gateway().isEmpty() ? " proto kernel scope link" : "")
              + route.source().map(s -> " src " + s).orElse(""));
    }
    return Task.of(0);
  }

  private static Task<Integer> link(Invocation call, List<String> words) {
    List<String> rest = new ArrayList<>(words);
    rest.remove("dev");
    if (rest.size() == 3 && rest.getFirst().equals("set") && rest.get(2).matches("up|down")) {
      boolean done = call.host().setInterfaceUp(rest.get(1), rest.get(2).equals("up"));
      if (!done) {
        call.complain("Cannot find device \"" + rest.get(1) + "\"");
      }
      return Task.of(done ? 0 : 1);
    }
    if (!rest.isEmpty() && rest.getFirst().matches("s|sh|show|list|ls")) {
      rest.removeFirst();
    }
    if (rest.size() > 1) {
      return call.unsupported("link " + String.join(" ", rest));
    }
    int shown = 0;
    for (HostInterface card : call.host().interfaces()) {
      if (rest.isEmpty() || rest.getFirst().equals(card.name())) {
        linkLines(call, card, true);
        shown++;
      }
    }
    if (shown == 0 && !rest.isEmpty()) {
      call.complain("Device \"" + rest.getFirst() + "\" does not exist.");
    }
    return Task.of(shown == 0 ? 1 : 0);
  }

  static Task<Integer> ifconfig(Invocation call) {
    List<String> words = call.arguments();
    if (words.size() == 2 && words.get(1).matches("up|down")) {
      return Task.of(
          call.host().setInterfaceUp(words.getFirst(), words.get(1).equals("up")) ? 0 : 1);
    }
    if (words.size() > 1) {
      return call.unsupported(String.join(" ", words));
    }
    boolean found = words.isEmpty() || words.getFirst().equals("-a");
    for (HostInterface card : call.host().interfaces()) {
      if (!words.isEmpty()
          && !words.getFirst().equals("-a")
          && !words.getFirst().equals(card.name())) {
        continue;
      }
      found = true;
      call.printLine(
          card.name()
              + ": flags=4163<"
              + (card.up() ? "UP," : "")
              + (card.loopback() ? "LOOPBACK" : "BROADCAST")
              + (card.up() && card.carrier() ? ",RUNNING" : "")
              + ">  mtu "
              + card.mtu());
      // The old tool sees only the first address of each family; what follows has no label.
      card.addresses().stream()
          .filter(a -> !a.secondary() && a.prefix().length() < 32)
          .forEach(a -> call.printLine("        " + ifconfigAddress(a.prefix())));
      call.printLine("        ether " + card.mac() + "  txqueuelen 1000");
      call.printLine("");
    }
    return Task.of(found ? 0 : 1);
  }

  private static String ifconfigAddress(IpPrefix prefix) {
    return prefix.address() instanceof IpAddress.V4
        ? "inet " + prefix.address() + "  netmask " + new IpAddress.V4(-1).mask(prefix.length())
        : "inet6 " + prefix.address() + "  prefixlen " + prefix.length();
  }

  static Task<Integer> hostname(Invocation call) {
    Options options = Options.parse(call.arguments(), "Iisf");
    if (options.unknown().isPresent() || !options.operands().isEmpty()) {
      return call.unsupported(options.unknown().orElse("with a name"));
    }
    if (!options.has("-I", "-i")) {
      call.printLine(call.host().hostName());
      return Task.of(0);
    }
    List<String> addresses =
        call.host().interfaces().stream()
            .filter(i -> !i.loopback())
            .flatMap(i -> i.addresses().stream())
            .map(a -> a.prefix().address())
            .filter(a -> !a.isLinkLocal())
            .map(IpAddress::toString)
            .toList();
    call.printLine(String.join(" ", addresses) + " ");
    return Task.of(0);
  }

  static Task<Integer> sockets(Invocation call) {
    boolean ss = call.name().equals("ss");
    Options options =
        Options.parse(call.arguments(), "lntpuaH46", "--listening", "--tcp", "--numeric");
    if (options.unknown().isPresent() || !options.operands().isEmpty()) {
      return call.unsupported(options.unknown().orElse(String.join(" ", options.operands())));
    }
    if (!options.has("-H")) {
      call.printLine(
          ss
              ? "State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process"
              : "Proto Recv-Q Send-Q Local Address           Foreign Address         State      "
                  + " PID/Program name");
    }
    for (HostSocket socket : call.host().listeningSockets()) {
      boolean six = socket.address().map(a -> a.family() == IpFamily.IPV6).orElse(false);
      String local =
          socket.address().map(a -> six && ss ? "[" + a + "]" : a.toString()).orElse("0.0.0.0")
              + ":"
              + socket.port();
      call.printLine(
          ss
              ? String.format(
                  Locale.ROOT,
                  "LISTEN 0      511    %s      %s%s",
                  local,
                  six ? "[::]:*" : "0.0.0.0:*",
                  options.has("-p")
                      ? " users:((\"" + socket.processName() + "\",pid=" + socket.pid() + ",fd=6))"
                      : "")
              : String.format(
                      Locale.ROOT,
                      "%-5s      0      0 %-23s %-23s LISTEN      %s",
                      six ? "tcp6" : "tcp",
                      local,
                      six ? ":::*" : "0.0.0.0:*",
                      options.has("-p") ? socket.pid() + "/" + socket.processName() : "")
                  .stripTrailing());
    }
    return Task.of(0);
  }
}
