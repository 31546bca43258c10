package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.FrameDescription;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.TcpHeader;
import org.vipdrift.model.frame.TcpSegment;

class TcpTest {
  private final SmallNetwork network = new SmallNetwork();
  private final HostKernel client = network.host("client", "20.0.0.10/24");
  private final HostKernel server = network.host("server", "20.0.0.20/24");

  private TcpProgram connect(int port) {
    return TcpProgram.connect(network, client, "20.0.0.20", port);
  }

  /** The TCP segments on the wire since the last call, as flags and length of data. */
  private List<String> segments() {
    List<String> seen = new ArrayList<>();
    for (SmallNetwork.Capture capture : network.frames) {
      if (IpPacket.decodeFrame(capture.frame())
              instanceof Decoded.Ok<? extends IpPacket>(var packet)
          && TcpSegment.decode(packet) instanceof Decoded.Ok<TcpSegment>(TcpSegment segment)) {
        seen.add(
            (packet.source().toString().endsWith(".10") ? "> " : "< ")
                + flags(segment)
                + (segment.data().length() > 0 ? " " + segment.data().length() : ""));
      }
    }
    network.frames.clear();
    return seen;
  }

  private static String flags(TcpSegment segment) {
    return (segment.has(TcpHeader.SYN) ? "S" : "")
        + (segment.has(TcpHeader.FIN) ? "F" : "")
        + (segment.has(TcpHeader.RST) ? "R" : "")
        + (segment.has(TcpHeader.PSH) ? "P" : "")
        + (segment.has(TcpHeader.ACK) ? "." : "");
  }

  /** When SYNs left, in milliseconds since the first. */
  private List<Long> synMillis() {
    List<Long> at = new ArrayList<>();
    for (SmallNetwork.Capture capture : network.frames) {
      if (FrameDescription.of(capture.frame()).contains("SYN seq")) {
        at.add(capture.at() / 1_000_000);
      }
    }
    return at.stream().map(each -> each - at.getFirst()).toList();
  }

  @Nested
  class Dialogue {
    @Test
    void aRequestIsAnsweredAndBothSidesClose() {
      List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
      TcpProgram browser = connect(80);
      network.seconds(0.01);
      assertThat(browser.heard).containsExactly("connected");
      browser.send("GET");
      network.seconds(0.01);
      TcpProgram web = accepted.getFirst();
      assertThat(web.text()).isEqualTo("GET");
      web.send("hello");
      web.connection().close(0);
      network.seconds(0.01);
      assertThat(browser.text()).isEqualTo("hello");
      assertThat(browser.heard).containsExactly("connected", "received", "finished");
      browser.connection().close(0);
      network.seconds(0.01);
      assertThat(segments())
          .containsExactly(
              "> S", "< S.", "> .", "> P. 3", "< .", "< P. 5", "< F.", "> .", "> .", "> F.", "< .");
      assertThat(web.connection().peerMac()).contains(SmallNetwork.mac(client));
    }
  }
}
