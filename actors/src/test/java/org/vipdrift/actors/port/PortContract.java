package org.vipdrift.actors.port;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/** What the contract suites share. */
public abstract class PortContract {
  protected static final IpAddress VIP = IpAddress.of("20.0.0.100");
  protected static final IpPrefix VIP_32 = new IpPrefix(VIP, 32);

  protected TestWorld world;
  protected TestHost left;
  protected TestHost right;
  protected TestHost client;

  /** Opens the world that the ports are tried in. */
  protected abstract TestWorld openWorld();

  @BeforeEach
  public final void begin() {
    world = openWorld();
    left = world.left();
    right = world.right();
    client = world.client();
  }

  @AfterEach
  public final void end() {
    world.close();
  }

  /** Lets what was asked be done. */
  protected final void settle() {
    world.run(Duration.ofMillis(200));
  }

  protected final Inbox<AddressTable.Answer> add(TestHost host, String who, IpPrefix address) {
    Inbox<AddressTable.Answer> answers = world.inbox();
    host.addressTable()
        .tell(new AddressTable.Add(who, host.networkInterface(), address, answers.ref(), 0));
    settle();
    return answers;
  }

  protected final Inbox<AddressTable.Answer> remove(TestHost host, String who, IpPrefix address) {
    Inbox<AddressTable.Answer> answers = world.inbox();
    host.addressTable()
        .tell(new AddressTable.Remove(who, host.networkInterface(), address, answers.ref(), 0));
    settle();
    return answers;
  }
}
