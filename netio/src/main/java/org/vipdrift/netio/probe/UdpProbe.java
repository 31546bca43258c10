package org.vipdrift.netio.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.model.frame.Octets;

/** A connected datagram socket: it hears its peer alone, and of its absence. */
final class UdpProbe extends Probe {
  private static final Logger LOG = LoggerFactory.getLogger(UdpProbe.class);

  private @Nullable DatagramChannel channel;

  UdpProbe(Prober.Open open, ProbeLoop loop) {
    super(open, loop);
  }

  @Override
  void begin() throws IOException {
    DatagramChannel opening = DatagramChannel.open();
    channel = opening;
    if (source().isPresent()) {
      opening.bind(source().get());
    }
    opening.connect(target());
    loop().register(opening, SelectionKey.OP_READ, this);
    opened();
  }

  @Override
  void ready() throws IOException {
    DatagramChannel from = channel;
    if (from == null) {
      return;
    }
    ByteBuffer buffer = loop().buffer();
    while (from.isOpen() && from.read(buffer) > 0) {
      buffer.flip();
      byte[] octets = new byte[buffer.remaining()];
      buffer.get(octets);
      received(Octets.copyOf(octets));
      buffer.clear();
    }
  }

  @Override
  void send(Octets data) throws IOException {
    DatagramChannel to = channel;
    if (to != null) {
      to.write(ByteBuffer.wrap(data.toByteArray()));
    }
  }

  @Override
  void close(boolean reset) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException failure) {
      LOG.debug("A probe does not close", failure);
    }
  }
}
