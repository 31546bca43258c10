package org.vipdrift.netio.node;

import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.actors.port.MailTransport;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.NotifyFifo;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.actors.port.VrrpNetwork;

/**
 * Ports that say what they would do and do nothing, for a dry run; what is asked is answered as if
 * it had been done.
 */
final class InertPorts {
  private final Consumer<String> told;

  /**
   * @param told hears in words what would have been done
   */
  InertPorts(Consumer<String> told) {
    this.told = told;
  }

  private void would(String what) {
    told.accept("would " + what);
  }

  /** Hears what a real one hears. */
  Behavior<VrrpNetwork.Command> network(ActorRef<VrrpNetwork.Command> real) {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case VrrpNetwork.Join join -> real.tell(join);
            case VrrpNetwork.Leave leave -> real.tell(leave);
            case VrrpNetwork.SendPacket _ -> {}
          }
          return Behaviors.same();
        });
  }

  Behavior<AddressTable.Command> addresses() {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case AddressTable.Add add -> {
              would("add " + add.address() + " on " + add.networkInterface());
              add.replyTo()
                  .tell(
                      new AddressTable.Answer(
                          add.networkInterface(),
                          add.address(),
                          AddressTable.Outcome.DONE,
                          add.cause()));
            }
            case AddressTable.Remove remove -> {
              would("remove " + remove.address() + " from " + remove.networkInterface());
              remove
                  .replyTo()
                  .tell(
                      new AddressTable.Answer(
                          remove.networkInterface(),
                          remove.address(),
                          AddressTable.Outcome.DONE,
                          remove.cause()));
            }
            case AddressTable.ReleaseAll _ -> would("remove all its addresses");
          }
          return Behaviors.same();
        });
  }

  Behavior<NeighborAnnouncer.Command> announcer() {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case NeighborAnnouncer.Announce announce ->
                would("announce " + announce.address() + " on " + announce.networkInterface());
          }
          return Behaviors.same();
        });
  }

  Behavior<PacketFilter.Command> packetFilter() {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case PacketFilter.RefuseTraffic refuse -> would("drop packets to " + refuse.address());
            case PacketFilter.AcceptTraffic _, PacketFilter.ReleaseAll _ -> {}
          }
          return Behaviors.same();
        });
  }

  Behavior<RouteTable.Command> routes() {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case RouteTable.Add add -> {
              would("add " + add.entry());
              add.replyTo()
                  .tell(new RouteTable.Answer(add.entry(), RouteTable.Outcome.DONE, add.cause()));
            }
            case RouteTable.Remove remove -> {
              would("remove " + remove.entry());
              remove
                  .replyTo()
                  .tell(
                      new RouteTable.Answer(
                          remove.entry(), RouteTable.Outcome.DONE, remove.cause()));
            }
            case RouteTable.ReleaseAll _ -> {}
          }
          return Behaviors.same();
        });
  }

  Behavior<VirtualInterfaces.Command> virtualInterfaces() {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case VirtualInterfaces.Ensure ensure -> {
              would("make interface " + ensure.wanted().name());
              ensure
                  .replyTo()
                  .tell(
                      new VirtualInterfaces.Answer(
                          ensure.wanted().name(), VirtualInterfaces.Outcome.DONE, ensure.cause()));
            }
            case VirtualInterfaces.Remove remove ->
                remove
                    .replyTo()
                    .tell(
                        new VirtualInterfaces.Answer(
                            remove.name(), VirtualInterfaces.Outcome.DONE, remove.cause()));
            case VirtualInterfaces.ReleaseAll _ -> {}
          }
          return Behaviors.same();
        });
  }

  /** Runs check scripts, for the priority depends on them, and tells of the others. */
  Behavior<ScriptRunner.Command> scripts(ActorRef<ScriptRunner.Command> real) {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case ScriptRunner.Run run when run.timeout().isPresent() -> real.tell(run);
            case ScriptRunner.Run run -> {
              would("run " + String.join(" ", run.command()));
              run.replyTo()
                  .tell(
                      new ScriptRunner.Finished(run.id(), new ScriptRunner.Exited(0), run.cause()));
            }
            case ScriptRunner.AbandonAll abandon -> real.tell(abandon);
          }
          return Behaviors.same();
        });
  }

  Behavior<NotifyFifo.Command> fifos() {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case NotifyFifo.WriteLine write ->
                would("write to " + write.path() + ": " + write.line());
            case NotifyFifo.Open _, NotifyFifo.CloseAll _ -> {}
          }
          return Behaviors.same();
        });
  }

  Behavior<MailTransport.Command> mails() {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case MailTransport.Send send -> {
              would("mail " + String.join(", ", send.to()) + ": " + send.subject());
              send.replyTo().tell(new MailTransport.Sent(send.id(), send.cause()));
            }
            case MailTransport.AbandonAll _ -> {}
          }
          return Behaviors.same();
        });
  }

  /** A configuration with virtual servers is refused before anybody could ask this. */
  static Behavior<DirectorTable.Command> director() {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case DirectorTable.Show show ->
                show.replyTo().tell(new DirectorTable.Contents(List.of()));
            case DirectorTable.PutService _,
                DirectorTable.RemoveService _,
                DirectorTable.PutDestination _,
                DirectorTable.RemoveDestination _,
                DirectorTable.Flush _,
                DirectorTable.SetTimeouts _,
                DirectorTable.StartSync _,
                DirectorTable.StopSync _ -> {}
          }
          return Behaviors.same();
        });
  }
}
