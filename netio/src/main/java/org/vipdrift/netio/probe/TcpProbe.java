package org.vipdrift.netio.probe;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.model.frame.Octets;

/** A connection, with or without TLS. */
final class TcpProbe extends Probe implements TlsLayer.Sides {
  private static final Logger LOG = LoggerFactory.getLogger(TcpProbe.class);

  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable TlsLayer tls;
  private boolean ended;

  TcpProbe(Prober.Open open, ProbeLoop loop) {
    super(open, loop);
  }

  @Override
  void begin() throws IOException {
    SocketChannel opening = SocketChannel.open();
    channel = opening;
    opening.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (source().isPresent()) {
      opening.bind(source().get());
    }
    key = loop().register(opening, SelectionKey.OP_CONNECT, this);
    if (opening.connect(target())) {
      connected();
    }
  }

  @Override
  void ready() throws IOException {
    SocketChannel ready = channel;
    SelectionKey of = key;
    if (ready == null || of == null || !ready.isOpen()) {
      return;
    }
    if (ready.isConnectionPending()) {
      if (ready.finishConnect()) {
        connected();
      }
      return;
    }
    flush();
    read(ready, of);
  }

  private void connected() throws IOException {
    if (key != null) {
      key.interestOps(SelectionKey.OP_READ);
    }
    if (open().tls().isPresent()) {
      tls = new TlsLayer(open().tls().get().serverName(), this);
      tls.begin();
    } else {
      opened();
    }
  }

  private void read(SocketChannel from, SelectionKey of) throws IOException {
    ByteBuffer buffer = loop().buffer();
    int count = from.read(buffer);
    while (count > 0) {
      buffer.flip();
      TlsLayer layer = tls;
      if (layer == null) {
        received(octets(buffer));
      } else {
        layer.fromNetwork(buffer);
      }
      count = from.isOpen() ? from.read(buffer.clear()) : 0;
    }
    if (count < 0 && !ended) {
      // Not to be selected again and again for what has been seen.
      of.interestOps(of.interestOps() & ~SelectionKey.OP_READ);
      peerEnded();
    }
  }

  private void peerEnded() {
    if (ended) {
      return;
    }
    if (tls != null && !tls.isEstablished()) {
      failed(Prober.Failure.TLS);
      return;
    }
    ended = true;
    finished();
  }

  @Override
  void send(Octets data) throws IOException {
    if (tls != null) {
      tls.send(data.toByteArray());
    } else {
      toNetwork(ByteBuffer.wrap(data.toByteArray()));
    }
  }

  @Override
  public void toNetwork(ByteBuffer data) throws IOException {
    unsent.add(data);
    if (ended && channel != null && data.remaining() > 1) {
      // A peer that has gone altogether answers the first octet with a reset; the kernel tells of
      // it with the next one written, and with nothing else once the end has been read.
      channel.write(data.slice(data.position(), 1));
      data.position(data.position() + 1);
      loop().recheck(this);
    } else {
      flush();
    }
  }

  @Override
  public void established() {
    opened();
  }

  @Override
  public void plain(ByteBuffer data) {
    received(octets(data));
  }

  @Override
  public void closed() {
    peerEnded();
  }

  private void flush() throws IOException {
    SocketChannel to = channel;
    SelectionKey of = key;
    if (to == null || of == null || !to.isOpen() || !to.isConnected()) {
      return;
    }
    while (!unsent.isEmpty()) {
      ByteBuffer next = unsent.getFirst();
      to.write(next);
      if (next.hasRemaining()) {
        of.interestOpsOr(SelectionKey.OP_WRITE);
        return;
      }
      unsent.removeFirst();
    }
    of.interestOpsAnd(~SelectionKey.OP_WRITE);
  }

  private static Octets octets(ByteBuffer buffer) {
    byte[] octets = new byte[buffer.remaining()];
    buffer.get(octets);
    return Octets.copyOf(octets);
  }

  @Override
  void close(boolean reset) {
    SocketChannel closing = channel;
    if (closing == null || !closing.isOpen()) {
      return;
    }
    try {
      if (reset) {
        closing.setOption(StandardSocketOptions.SO_LINGER, 0);
      } else if (tls != null) {
        tls.close();
      }
    } catch (IOException problem) {
      LOG.debug("A probe does not end in order", problem);
    }
    try {
      closing.close();
    } catch (IOException problem) {
      LOG.debug("A probe does not close", problem);
    }
  }
}
