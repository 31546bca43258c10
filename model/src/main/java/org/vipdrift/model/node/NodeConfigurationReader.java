package org.vipdrift.model.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.config.keepalived.GlobalDefinitions;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.NotifyScripts;
import org.vipdrift.model.config.keepalived.ScriptCommand;
import org.vipdrift.model.config.keepalived.SyncGroup;
import org.vipdrift.model.config.keepalived.TrackEntry;
import org.vipdrift.model.config.keepalived.TrackProcess;
import org.vipdrift.model.config.keepalived.UnicastSettings;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.config.keepalived.VrrpScript;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.node.NodeConfiguration.CheckScript;
import org.vipdrift.model.node.NodeConfiguration.Group;
import org.vipdrift.model.node.NodeConfiguration.Instance;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommand;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.NodeConfiguration.WatchedFile;
import org.vipdrift.model.node.NodeConfiguration.WatchedProcess;
import org.vipdrift.model.tracking.ScriptSettings;
import org.vipdrift.model.vrrp.Authentication;
import org.vipdrift.model.vrrp.Dialect;
import org.vipdrift.model.vrrp.GarpSettings;
import org.vipdrift.model.vrrp.Unicast;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.model.vrrp.VirtualRouterSettingsBuilder;

/** Turns a parsed keepalived.conf into what the process is to do. */
public final class NodeConfigurationReader {
  private static final int DEFAULT_TTL = 255;

  private NodeConfigurationReader() {}

  public static NodeConfiguration read(KeepalivedConfiguration configuration) {
    VirtualInterfacePlan plan = new VirtualInterfacePlan(configuration.global());
    return new NodeConfiguration(
        configuration.instances().stream()
            .map(i -> instance(configuration, i, plan.of(i)))
            .toList(),
        configuration.scripts().stream().map(NodeConfigurationReader::script).toList(),
        configuration.trackFiles().stream().map(f -> new WatchedFile(f.name(), f.path())).toList(),
        configuration.trackProcesses().stream().map(NodeConfigurationReader::process).toList(),
        configuration.syncGroups().stream().map(NodeConfigurationReader::group).toList(),
        configuration.director(),
        configuration.virtualServers(),
        ProcessSettingsReader.read(configuration));
  }

  private static Instance instance(
      KeepalivedConfiguration configuration,
      VrrpInstanceBlock block,
      VirtualInterfacePlan.OfInstance interfaces) {
    Optional<SyncGroup> group = configuration.syncGroupOf(block.name());
    List<Tracked> tracked = new ArrayList<>(tracked(block.tracking()));
    group.ifPresent(
        g ->
            tracked(g.tracking()).stream().filter(t -> !tracked.contains(t)).forEach(tracked::add));
    return new Instance(
        settings(configuration.global(), block, group, interfaces),
        tracked,
        !block.dontTrackPrimary(),
        notifications(block.notifyScripts(), block.smtpAlert(), block.notifyPriorityChanges()));
  }

  private static VirtualRouterSettings settings(
      GlobalDefinitions global,
      VrrpInstanceBlock block,
      Optional<SyncGroup> group,
      VirtualInterfacePlan.OfInstance interfaces) {
    VirtualRouterSettingsBuilder builder =
        VirtualRouterSettings.builder(block.name(), block.interfaceName(), block.vrid())
            .family(block.family())
            .version(block.version())
            .basePriority(block.priority())
            .advertisementInterval(block.advertInterval())
            .authentication(authentication(block))
            .virtualAddresses(addresses(block.addresses(), a -> advertised(block, a), interfaces))
            .excludedAddresses(excluded(block, interfaces))
            .virtualInterfaces(interfaces.all())
            .routes(block.routes())
            .rules(block.rules())
            .configuredMaster(block.stateMaster())
            .preempt(!block.nopreempt())
            .preemptDelay(block.preemptDelay())
            .strict(block.strict())
            .acceptMode(block.accept())
            .lowerPriorityNoAdvert(block.lowerPriorityNoAdvert())
            .higherPrioritySendAdvert(block.higherPrioritySendAdvert())
            .downTimerAdverts(block.downTimerAdverts())
            .startupDelay(global.startupDelay())
            .garp(garp(block))
            .checkUnicastSource(block.unicast().checkSource())
            .skipCheckAdvertAddresses(block.skipCheckAdvertAddress())
            .multicastGroup(
                block
                    .multicastDestination()
                    .orElse(
                        block.family() == IpFamily.IPV4
                            ? global.multicastGroup4()
                            : global.multicastGroup6()))
            .dialect(Dialect.KEEPALIVED_2_2_7);
    interfaces.socketInterface().ifPresent(builder::socketInterface);
    block.sourceAddress().ifPresent(builder::sourceAddress);
    if (block.unicast().enabled()) {
      builder.unicast(unicast(block.unicast()));
    }
    group.ifPresent(g -> builder.syncGroup(g.name()));
    return builder.build();
  }

  private static Authentication authentication(VrrpInstanceBlock block) {
    return block
        .authentication()
        .<Authentication>map(
            a ->
                switch (a.type()) {
                  case PASS -> Authentication.Password.of(a.password());
                  case AH -> Authentication.HEADER;
                })
        .orElse(Authentication.NONE);
  }

  private static Unicast unicast(UnicastSettings settings) {
    return new Unicast(
        settings.peers().stream()
            .map(
                p ->
                    new Unicast.Peer(
                        p.address(),
                        OptionalInt.of(p.minimumTtl()),
                        OptionalInt.of(p.maximumTtl())))
            .toList(),
        settings.ttl().orElse(DEFAULT_TTL));
  }

  private static GarpSettings garp(VrrpInstanceBlock block) {
    return new GarpSettings(
        block.garp().masterRepeat(),
        block.garp().masterDelay(),
        block.garp().lowerPriorityRepeat(),
        block.garp().lowerPriorityDelay(),
        block.garp().masterRefresh(),
        block.garp().masterRefreshRepeat(),
        block.family() == IpFamily.IPV6
            ? block.garp().neighborInterval()
            : block.garp().interval());
  }

  /** Adverts carry addresses of their own family only (RFC 9568 section 5.2.9). */
  private static boolean advertised(VrrpInstanceBlock block, ConfiguredAddress address) {
    return address.address().family() == block.family();
  }

  private static List<VirtualAddress> excluded(
      VrrpInstanceBlock block, VirtualInterfacePlan.OfInstance interfaces) {
    List<VirtualAddress> excluded =
        new ArrayList<>(addresses(block.addresses(), a -> !advertised(block, a), interfaces));
    excluded.addAll(addresses(block.excludedAddresses(), _ -> true, interfaces));
    return excluded;
  }

  private static List<VirtualAddress> addresses(
      List<ConfiguredAddress> configured,
      Predicate<ConfiguredAddress> wanted,
      VirtualInterfacePlan.OfInstance interfaces) {
    return configured.stream().filter(wanted).map(interfaces::place).toList();
  }

  private static List<Tracked> tracked(org.vipdrift.model.config.keepalived.Tracking tracking) {
    List<Tracked> tracked = new ArrayList<>();
    add(tracked, TrackedKind.INTERFACE, tracking.interfaces());
    add(tracked, TrackedKind.SCRIPT, tracking.scripts());
    add(tracked, TrackedKind.FILE, tracking.files());
    add(tracked, TrackedKind.PROCESS, tracking.processes());
    return tracked;
  }

  private static void add(List<Tracked> tracked, TrackedKind kind, List<TrackEntry> entries) {
    for (TrackEntry entry : entries) {
      tracked.add(new Tracked(kind, entry.name(), entry.weight(), entry.reverse()));
    }
  }

  private static CheckScript script(VrrpScript script) {
    return new CheckScript(
        new ScriptSettings(
            script.name(),
            script.interval(),
            script.timeout(),
            script.rise(),
            script.fall(),
            script.initFail()),
        script.command().words(),
        ProcessSettingsReader.account(script.command().user(), script.command().group()));
  }

  private static WatchedProcess process(TrackProcess process) {
    return new WatchedProcess(
        process.name(),
        process.process(),
        process.parameterMatch().map(_ -> process.parameters()),
        process.quorum(),
        process.quorumMaximum().orElse(Integer.MAX_VALUE),
        orZero(process.forkDelay()),
        orZero(process.terminateDelay()));
  }

  private static Duration orZero(Duration delay) {
    return delay.isNegative() ? Duration.ZERO : delay;
  }

  private static Group group(SyncGroup group) {
    return new Group(
        group.name(),
        group.members(),
        notifications(group.notifyScripts(), group.smtpAlert(), group.notifyPriorityChanges()));
  }

  private static NotifyCommands notifications(
      NotifyScripts scripts, boolean mails, boolean priorityChanges) {
    return new NotifyCommands(
        command(scripts.master()),
        command(scripts.backup()),
        command(scripts.fault()),
        command(scripts.stop()),
        command(scripts.deleted()),
        command(scripts.masterReceivedLowerPriority()),
        command(scripts.any()),
        mails,
        priorityChanges);
  }

  private static Optional<NotifyCommand> command(Optional<ScriptCommand> script) {
    return script.map(ProcessSettingsReader::command);
  }
}
