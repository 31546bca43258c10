package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.vipdrift.simulator.shell.ShellCommand;
import org.vipdrift.simulator.shell.ShellCommands;
import org.vipdrift.simulator.shell.Task;

/** The programs of an ordinary Debian machine that check scripts call. */
public final class StandardCommands {
  /** All of them by name. */
  public static final ShellCommands ALL = all();

  private StandardCommands() {}

  private static ShellCommands all() {
    TreeMap<String, ShellCommand> commands = new TreeMap<>();
    commands.put("ps", new ProcessListing());
    processes(commands);
    text(commands);
    network(commands);
    everyday(commands);
    return new ShellCommands(commands);
  }

  private static void processes(TreeMap<String, ShellCommand> commands) {
    add(commands, 2, Signalling::kill, "kill");
    add(commands, 4, Signalling::killall, "killall");
    add(commands, 4, Signalling::byPattern, "pgrep", "pkill");
    add(commands, 4, Signalling::pidof, "pidof", "pidof.sysvinit");
    add(commands, 5, Services::systemctl, "systemctl");
    add(commands, 5, Services::service, "service");
    add(commands, 5, Services::nginx, "nginx");
    add(commands, 5, Services::daemon, "haproxy", "keepalived", "httpd", "apache2", "redis-server");
  }

  private static void text(TreeMap<String, ShellCommand> commands) {
    add(commands, 1, Searching::grep, "grep", "egrep", "fgrep");
    commands.put("awk", new Editing.Programmed(true));
    commands.put("gawk", new Editing.Programmed(true));
    commands.put("mawk", new Editing.Programmed(true));
    commands.put("sed", new Editing.Programmed(false));
    add(commands, 1, TextTools::cat, "cat");
    add(commands, 1, TextTools::wc, "wc");
    add(commands, 1, TextTools::head, "head");
    add(commands, 1, TextTools::tail, "tail");
    add(commands, 1, TextTools::cut, "cut");
    add(commands, 1, TextTools::tr, "tr");
    add(commands, 1, TextTools::sort, "sort");
    add(commands, 1, TextTools::uniq, "uniq");
    add(commands, 1, TextTools::tee, "tee");
    add(commands, 1, TextTools::xargs, "xargs");
  }

  private static void network(TreeMap<String, ShellCommand> commands) {
    add(commands, 2, Echoes::ping, "ping");
    add(commands, 2, Echoes::arping, "arping");
    add(commands, 5, WebClients::curl, "curl");
    add(commands, 3, WebClients::wget, "wget");
    add(commands, 1, WebClients::nc, "nc", "ncat", "netcat");
    add(commands, 2, Addresses::ip, "ip");
    add(commands, 2, Addresses::ifconfig, "ifconfig");
    add(commands, 1, Addresses::hostname, "hostname");
    add(commands, 3, Addresses::sockets, "ss", "netstat");
  }

  private static void everyday(TreeMap<String, ShellCommand> commands) {
    add(commands, 1, Everyday::sleep, "sleep");
    add(commands, 1, Everyday::timeout, "timeout");
    add(commands, 1, Everyday::date, "date");
    add(commands, 1, Everyday::logger, "logger");
    add(commands, 3, Everyday::mail, "mail", "mailx", "s-nail");
    add(commands, 3, Everyday::sendmail, "sendmail");
    add(commands, 1, Everyday::id, "id");
    add(commands, 1, call -> Everyday.say(call, "root"), "whoami");
    add(commands, 1, call -> Everyday.say(call, "Linux"), "uname");
    add(commands, 1, Everyday::uptime, "uptime");
    add(commands, 1, Everyday::prefix, "nohup", "sudo", "nice", "setsid");
    add(commands, 1, Everyday::expr, "expr");
    add(commands, 1, Everyday::sequence, "seq");
    add(commands, 1, Everyday::baseName, "basename");
    add(commands, 1, Everyday::directoryName, "dirname");
    add(commands, 1, Everyday::which, "which");
    add(commands, 1, _ -> Task.of(0), "sync");
    add(commands, 1, Files::touch, "touch");
    add(commands, 1, Files::remove, "rm");
    add(commands, 1, Files::makeDirectory, "mkdir");
    add(commands, 1, Files::copy, "cp", "mv");
    add(commands, 1, Files::list, "ls");
  }

  private static void add(
      TreeMap<String, ShellCommand> commands,
      long milliseconds,
      Signalling.ShellFunction function,
      String... names) {
    ShellCommand command = Signalling.taking(Duration.ofMillis(milliseconds), function);
    for (String name : List.of(names)) {
      commands.put(name, command);
    }
  }
}
