package org.vipdrift.simulator.kernel.tcp;

import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.frame.TcpHeader;

/** A segment that has come in, still in its frame. */
final class Arrival {
  final IpAddress source;
  final int sourcePort;
  final IpAddress destination;
  final int destinationPort;
  final int sequence;
  final int acknowledgment;
  final int flags;
  final int window;
  final long senderMac;
  final long cause;
  private final Octets octets;
  private final int at;
  private final int dataFrom;
  private final int dataTo;

  Arrival(
      Octets octets,
      int at,
      int end,
      IpAddress source,
      IpAddress destination,
      long senderMac,
      long cause) {
    this.octets = octets;
    this.at = at;
    this.source = source;
    this.destination = destination;
    this.senderMac = senderMac;
    this.cause = cause;
    this.sourcePort = TcpHeader.sourcePort(octets, at);
    this.destinationPort = TcpHeader.destinationPort(octets, at);
    this.sequence = TcpHeader.sequence(octets, at);
    this.acknowledgment = TcpHeader.acknowledgment(octets, at);
    this.flags = TcpHeader.flags(octets, at);
    this.window = TcpHeader.window(octets, at);
    this.dataFrom = at + TcpHeader.headerLength(octets, at);
    this.dataTo = end;
  }

  boolean isSyn() {
    return (flags & TcpHeader.SYN) != 0;
  }

  boolean isFin() {
    return (flags & TcpHeader.FIN) != 0;
  }

  boolean isReset() {
    return (flags & TcpHeader.RST) != 0;
  }

  boolean isPush() {
    return (flags & TcpHeader.PSH) != 0;
  }

  boolean hasAcknowledgment() {
    return (flags & TcpHeader.ACK) != 0;
  }

  int dataLength() {
    return dataTo - dataFrom;
  }

  /** What it takes of the sequence space. */
  int length() {
    return dataLength() + (isSyn() ? 1 : 0) + (isFin() ? 1 : 0);
  }

  /** The sequence number behind it. */
  int end() {
    return sequence + length();
  }

  /** Its data but for the first octets. */
  Octets dataFrom(int skipped) {
    return octets.slice(dataFrom + skipped, dataTo);
  }

  /** The MSS option; 536 where there is none (RFC 9293 section 3.7.1). */
  int maximumSegmentSize() {
    int option = TcpHeader.maximumSegmentSize(octets, at);
    return option == 0 ? 536 : option;
  }
}
