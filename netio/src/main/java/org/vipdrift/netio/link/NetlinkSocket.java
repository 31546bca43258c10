package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Errno;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.SocketAddress;

/**
 * A netlink socket in the namespace of the thread that opens it; for one thread at a time.
 *
 * <p>The kernel has put its answer in the socket's queue before the request returns, so that
 * waiting for it never takes long.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** The kernel fills at most 32 KiB at once in a dump. */
  private static final int RECEIVE_OCTETS = 1 << 17;

  private static final int DUMP_ATTEMPTS = 20;

  /** The size of {@code struct ifreq}. */
  private static final int INTERFACE_REQUEST_OCTETS = 40;

  private final int descriptor;
  private final Arena arena;
  private final MemorySegment kernel;
  private final MemorySegment outgoing;
  private final MemorySegment incoming;

  /** A {@code struct msghdr} that points at {@link #incoming}. */
  private final MemorySegment header;

  private int sequence;

  private NetlinkSocket(int descriptor, Arena arena) {
    this.descriptor = descriptor;
    this.arena = arena;
    this.kernel = SocketAddress.ofNetlink(arena, 0);
    this.outgoing = arena.allocate(NetlinkRequest.CAPACITY, 8);
    this.incoming = arena.allocate(RECEIVE_OCTETS, 8);
    MemorySegment vector = arena.allocate(16, 8);
    vector.set(ADDRESS, 0, incoming);
    vector.set(JAVA_LONG, 8, RECEIVE_OCTETS);
    this.header = arena.allocate(56, 8);
    header.set(ADDRESS, 16, vector);
    header.set(JAVA_LONG, 24, 1);
  }

  /**
   * @param protocol as {@code NETLINK_ROUTE}, 0
   * @param groups a mask of those whose events come too; 0 for none
   */
  public static NetlinkSocket open(int protocol, int groups) throws NativeException {
    int descriptor =
        Libc.socket(
            Constants.AF_NETLINK,
            Constants.SOCK_RAW | Constants.SOCK_CLOEXEC,
            protocol,
            "netlink socket");
    Arena arena = Arena.ofShared();
    try {
      Libc.bind(descriptor, SocketAddress.ofNetlink(arena, groups), "bind netlink socket");
      int level = Rtnetlink.SOL_NETLINK;
      Libc.setOption(descriptor, level, Rtnetlink.NETLINK_EXT_ACK, 1, "ask for reasons");
      Libc.setOption(descriptor, level, Rtnetlink.NETLINK_CAP_ACK, 1, "ask for short answers");
      return new NetlinkSocket(descriptor, arena);
    } catch (NativeException e) {
      arena.close();
      Libc.close(descriptor);
      throw e;
    }
  }

  /** The index of an interface in the socket's namespace; empty if there is none. */
  OptionalInt interfaceIndex(String name) throws NativeException {
    byte[] octets = name.getBytes(StandardCharsets.UTF_8);
    if (octets.length >= Rtnetlink.IFNAMSIZ) {
      return OptionalInt.empty();
    }
    outgoing.asSlice(0, INTERFACE_REQUEST_OCTETS).fill((byte) 0);
    MemorySegment.copy(octets, 0, outgoing, JAVA_BYTE, 0, octets.length);
    try {
      Libc.ioctl(descriptor, Rtnetlink.SIOCGIFINDEX, outgoing, "index of " + name);
      return OptionalInt.of(outgoing.get(JAVA_INT, Rtnetlink.IFNAMSIZ));
    } catch (NativeException e) {
      if (e.errno() == Errno.ENODEV) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  int descriptor() {
    return descriptor;
  }

  /**
   * What came back.
   *
   * @param messages beside the acknowledgement
   * @param errno 0 if it was done
   * @param text why not; empty if the kernel gives no reason
   */
  public record Answer(List<NetlinkMessage> messages, int errno, String text) {
    public Answer {
      messages = List.copyOf(messages);
    }
  }

  /**
   * Sends a request and waits for its answer; a dump that changed under way is repeated.
   *
   * @throws NativeException when the socket itself fails
   */
  public Answer request(NetlinkRequest request) throws NativeException {
    for (int attempt = 1; ; attempt++) {
      List<NetlinkMessage> messages = new ArrayList<>();
      send(request);
      Answer answer = collect(messages);
      boolean torn = messages.stream().anyMatch(m -> m.has(Rtnetlink.NLM_F_DUMP_INTR));
      boolean dump = (request.flags() & Rtnetlink.NLM_F_DUMP) == Rtnetlink.NLM_F_DUMP;
      if (!torn || !dump || attempt == DUMP_ATTEMPTS) {
        return answer;
      }
    }
  }

  private void send(NetlinkRequest request) throws NativeException {
    byte[] octets = request.encode(++sequence).toByteArray();
    MemorySegment.copy(octets, 0, outgoing, JAVA_BYTE, 0, octets.length);
    long sent;
    do {
      sent = Libc.sendTo(descriptor, outgoing, octets.length, 0, kernel);
    } while (sent == -Errno.EINTR);
    if (sent < 0) {
      throw new NativeException("netlink request", (int) -sent);
    }
  }

  private Answer collect(List<NetlinkMessage> messages) throws NativeException {
    while (true) {
      for (NetlinkMessage message : receive()) {
        if (message.sequence() != sequence) {
          continue;
        }
        switch (message.type()) {
          case Rtnetlink.NLMSG_ERROR, Rtnetlink.NLMSG_DONE -> {
            if (message.has(Rtnetlink.NLM_F_DUMP_INTR)) {
              messages.add(message);
            }
            return answer(messages, message);
          }
          default -> messages.add(message);
        }
      }
    }
  }

  private List<NetlinkMessage> receive() throws NativeException {
    long read;
    do {
      read = Libc.read(descriptor, incoming, RECEIVE_OCTETS);
    } while (read == -Errno.EINTR);
    if (read < 0) {
      throw new NativeException("netlink answer", (int) -read);
    }
    return NetlinkMessage.readAll(octets(read));
  }

  /**
   * What is in the queue now, for a descriptor that polls ready.
   *
   * @return octets, or {@code -errno} as {@link Libc#receiveMessage}
   */
  long receiveNow() {
    return Libc.receiveMessage(descriptor, header, Constants.MSG_DONTWAIT);
  }

  Octets octets(long length) {
    return Octets.adopt(incoming.asSlice(0, length).toArray(JAVA_BYTE));
  }

  private static Answer answer(List<NetlinkMessage> messages, NetlinkMessage end) {
    Octets body = end.body();
    int errno = body.length() < 4 ? 0 : -HostOrder.int32(body, 0);
    boolean error = end.type() == Rtnetlink.NLMSG_ERROR;
    int reasons = 4;
    if (error && body.length() >= 4 + NetlinkMessage.HEADER) {
      int quoted =
          end.has(Rtnetlink.NLM_F_CAPPED)
              ? NetlinkMessage.HEADER
              : NetlinkMessage.aligned(HostOrder.int32(body, 4));
      reasons += quoted;
    }
    String text =
        reasons > body.length()
            ? ""
            : NetlinkAttributes.read(body, reasons).text(Rtnetlink.NLMSGERR_ATTR_MSG).orElse("");
    return new Answer(messages, errno, text);
  }

  @Override
  public void close() {
    Libc.close(descriptor);
    arena.close();
  }
}
