package org.vipdrift.scenarios.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.http.Url;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.HaproxyProcess;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Host.NginxProcess;
import org.vipdrift.model.scenario.Host.ProcessSpecification;
import org.vipdrift.model.scenario.Host.ServerProcess;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.scenario.text.DurationText;
import org.vipdrift.model.scenario.text.ExpectationText;
import org.vipdrift.model.scenario.text.FlowText;

/** Writes scenarios as folders that {@link ScenarioFolder} reads back. */
public final class ScenarioWriter {
  /** The schema's name inside a written folder; editors find it through the first line. */
  static final String SCHEMA = "scenario.schema.json";

  private static final List<String> TEMPLATE =
      List.of(
          "scenario.yaml", "nginx1/keepalived.conf", "nginx2/keepalived.conf", "check_nginx.sh");

  private final Scenario scenario;
  private final StringBuilder yaml = new StringBuilder();
  private final Map<String, FolderFile> files = new TreeMap<>();

  /** A file to be written, by its path in the folder. */
  private record FolderFile(String text, boolean executable) {}

  private ScenarioWriter(Scenario scenario) {
    this.scenario = scenario;
  }

  /**
   * Writes the folder with its configurations, the schema for editors and scenario.yaml. The
   * configurations' paths are those in the folder; {@link PairScenario#asFolder} makes such.
   *
   * @throws FileAlreadyExistsException if any of the files exists; nothing is written then
   * @throws IOException if a file cannot be written
   */
  public static void write(Path folder, Scenario scenario) throws IOException {
    ScenarioWriter writer = new ScenarioWriter(scenario);
    writer.compose();
    writer.files.put(
        ScenarioFolder.FILE_NAME,
        new FolderFile("# yaml-language-server: $schema=" + SCHEMA + "\n" + writer.yaml, false));
    writer.files.put(SCHEMA, new FolderFile(schema(), false));
    store(folder, writer.files);
  }

  /**
   * Writes the template: an nginx pair whose check script stops keepalived when nginx is dead.
   *
   * @throws FileAlreadyExistsException if any of the files exists; nothing is written then
   * @throws IOException if a file cannot be written
   */
  public static void writeTemplate(Path folder) throws IOException {
    Map<String, FolderFile> template = new TreeMap<>();
    for (String path : TEMPLATE) {
      String text = resource("template/" + path);
      template.put(path, new FolderFile(text, text.startsWith("#!")));
    }
    template.put(SCHEMA, new FolderFile(schema(), false));
    store(folder, template);
  }

  /** The JSON Schema of scenario files. */
  public static String schema() {
    return resource(SCHEMA);
  }

  private static String resource(String name) {
    try (InputStream in = ScenarioWriter.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void store(Path folder, Map<String, FolderFile> files) throws IOException {
    for (String path : files.keySet()) {
      if (Files.exists(folder.resolve(path))) {
        throw new FileAlreadyExistsException(folder.resolve(path).toString());
      }
    }
    for (Map.Entry<String, FolderFile> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(Path.of("")));
      Files.writeString(path, file.getValue().text());
      if (file.getValue().executable() && !path.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + path + " executable");
      }
    }
  }

  private void compose() {
    line("title: " + FlowText.quoted(scenario.title()));
    if (!scenario.about().isEmpty()) {
      about(scenario.about());
    }
    line("segments:");
    scenario.segments().forEach(s -> line("  " + FlowText.quoted(s.name()) + ": " + segment(s)));
    line("hosts:");
    scenario.hosts().forEach(this::host);
    if (!scenario.clients().isEmpty()) {
      line("clients:");
      scenario.clients().forEach(c -> line("  " + FlowText.quoted(c.name()) + ": " + client(c)));
    }
    if (!scenario.timeline().isEmpty()) {
      line("timeline:");
      int place = 0;
      for (TimelineEntry entry : scenario.timeline()) {
        place++;
        line("  - " + entry(entry, place));
      }
    }
    line("until: " + DurationText.format(scenario.until()));
    if (!scenario.expectations().isEmpty()) {
      line("expect:");
      for (Expectation e : scenario.expectations()) {
        line("  - " + ExpectationText.of(e));
      }
    }
  }

  private void line(String text) {
    yaml.append(text).append('\n');
  }

  private void about(String text) {
    boolean block =
        text.lines().noneMatch(l -> l.startsWith(" ") || l.contains("\t") || l.isBlank())
            && text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f || c >= 0xa0)
            && text.chars().noneMatch(c -> c == 0x2028 || c == 0x2029 || c == 0xfeff);
    if (block) {
      line("about: |");
      text.lines().forEach(l -> line("  " + l));
    } else {
      line("about: " + FlowText.escaped(text));
    }
  }

  private static FlowText segment(Segment segment) {
    FlowText text = new FlowText();
    for (IpPrefix subnet : segment.subnets()) {
      text.put(subnet.address().family() == IpFamily.IPV4 ? "subnet" : "subnet6", subnet);
    }
    if (!segment.latency().equals(Segment.DEFAULT_LATENCY)) {
      text.put("latency", segment.latency());
    }
    segment
        .igmpSnooping()
        .ifPresent(
            s -> text.raw("igmp-snooping", ActionWriter.snooping(new FlowText(), s).toString()));
    return text;
  }

  private void host(Host host) {
    line("  " + FlowText.quoted(host.name()) + ":");
    line("    interfaces:");
    for (HostInterface i : host.interfaces()) {
      FlowText text = new FlowText();
      if (!i.segment().isEmpty()) {
        text.put("segment", i.segment());
      }
      text.list("addresses", i.addresses());
      i.mac().ifPresent(m -> text.put("mac", m));
      line("      " + FlowText.quoted(i.name()) + ": " + text);
    }
    host.gateway().ifPresent(g -> line("    gateway: " + FlowText.quoted(g.toString())));
    if (!host.processes().isEmpty()) {
      line("    processes:");
      host.processes().forEach(p -> line("      " + FlowText.quoted(p.name()) + ": " + process(p)));
    }
    if (!host.files().isEmpty()) {
      line("    files:");
      host.files().forEach((path, file) -> line("      " + hostFile(host, path, file)));
    }
    if (!host.scripts().isEmpty()) {
      line("    scripts:");
      host.scripts()
          .forEach(
              (command, script) ->
                  line(
                      "      "
                          + FlowText.quoted(command)
                          + ": "
                          + new FlowText()
                              .put("exit", script.exit())
                              .put("takes", script.takes())));
    }
    if (!host.sysctls().isEmpty()) {
      line("    sysctls:");
      host.sysctls()
          .forEach(
              (key, value) ->
                  line("      " + FlowText.quoted(key) + ": " + FlowText.escaped(value)));
    }
    if (!host.marks().isEmpty()) {
      line("    marks:");
      host.marks()
          .forEach(
              m ->
                  line(
                      "      - "
                          + new FlowText()
                              .raw("match", ActionWriter.match(m.match()))
                              .put("mark", m.mark())));
    }
    if (host.forward()) {
      line("    forward: true");
    }
  }

  private FlowText process(ProcessSpecification process) {
    FlowText text = new FlowText();
    switch (process) {
      case KeepalivedProcess p -> {
        text.put("config", p.configurationFile());
        keep(p.texts());
      }
      case HaproxyProcess p -> {
        text.put("config", p.configurationFile());
        keep(p.texts());
      }
      case NginxProcess p -> {
        text.put("config", p.configurationFile());
        keep(p.texts());
      }
      case ServerProcess p -> {
        text.list("listen", p.listens());
        p.body().ifPresent(b -> text.raw("body", FlowText.escaped(b)));
        if (!p.takes().isZero()) {
          text.put("takes", p.takes());
        }
        text.list("tls", p.certificates());
      }
    }
    if (process.start().isEmpty()) {
      text.put("start", "never");
    } else if (!process.start().get().isZero()) {
      text.put("start", process.start());
    }
    return text;
  }

  /** Keeps the files of a configuration; those by absolute path are files of the host. */
  private void keep(Map<String, String> texts) {
    texts.forEach(
        (path, text) -> {
          if (!path.startsWith("/")) {
            files.put(path, new FolderFile(text, false));
          }
        });
  }

  private String hostFile(Host host, String path, Host.HostFile file) {
    String inFolder = host.name() + "/files" + path;
    files.put(inFolder, new FolderFile(file.text(), file.executable()));
    return FlowText.quoted(path) + ": " + FlowText.quoted(inFolder);
  }

  private static FlowText client(Client client) {
    FlowText text = new FlowText().put("segment", client.segment());
    if (client.count() > 1) {
      text.put("first-address", client.address()).put("count", client.count());
    } else {
      text.put("address", client.address());
    }
    text.put("gateway", client.gateway());
    Client.Start start = client.start();
    if (!start.equals(Client.Start.AT_ONCE)) {
      String from = DurationText.format(start.from());
      text.raw(
          "start",
          start.from().equals(start.to()) ? from : from + ".." + DurationText.format(start.to()));
    }
    switch (client.activity()) {
      case Client.Pings pings -> text.put("ping", pings.target());
      case Client.Fetches fetches -> fetches(text, fetches);
    }
    return text.put("every", client.every())
        .put("timeout", client.timeout())
        .put("requests", client.requests());
  }

  private static void fetches(FlowText text, Client.Fetches fetches) {
    text.put("get", fetches.url());
    if (!Url.of(fetches.url()).address().equals(Optional.of(fetches.address()))) {
      text.put("resolve", fetches.address());
    }
    if (!fetches.method().equals(Client.Fetches.DEFAULT_METHOD)) {
      text.put("method", fetches.method());
    }
    if (!fetches.headers().isEmpty()) {
      FlowText headers = new FlowText();
      fetches.headers().forEach((name, value) -> headers.raw(name, FlowText.escaped(value)));
      text.raw("headers", headers.toString());
    }
    if (fetches.concurrency() > 1) {
      text.put("concurrency", fetches.concurrency());
    }
    if (fetches.keepAlive()) {
      text.raw("keep-alive", "true");
    }
    if (fetches.cookies()) {
      text.raw("cookies", "true");
    }
    if (fetches.insecure()) {
      text.raw("insecure", "true");
    }
  }

  private FlowText entry(TimelineEntry entry, int place) {
    FlowText text = new FlowText().put("at", entry.at());
    return switch (entry) {
      case TimelineEntry.Heal heal -> text.put("heal", heal.name());
      case TimelineEntry.Perform perform -> {
        Action action = perform.action();
        text.put("for", perform.duration());
        if (!perform.name().equals(action.keyword() + "-" + place)) {
          text.put("name", perform.name());
        }
        if (action instanceof Action.Reload reload) {
          keep(reload.texts());
        }
        yield text.raw(action.keyword(), ActionWriter.write(action).toString());
      }
    };
  }
}
