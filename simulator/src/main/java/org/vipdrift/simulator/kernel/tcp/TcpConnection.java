package org.vipdrift.simulator.kernel.tcp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.frame.TcpHeader;
import org.vipdrift.simulator.kernel.socket.SocketOwner;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler.Failure;

/**
 * One end of a connection, in one of its {@linkplain TcpState states}.
 *
 * <p>What a segment brings is told to the program while the segment is being worked on, and what
 * the program sends then leaves together with the acknowledgment.
 */
final class TcpConnection extends Endpoint implements Connection, Flow {
  private final @Nullable ListeningSocket listener;
  private final ProgramSide program;
  private final SendSide sending;
  private final ReceiveSide receiving = new ReceiveSide();
  private TcpState state;
  private boolean orphan;
  private boolean inTurn;
  private boolean softError;
  private @Nullable Failure failureToTell;
  private long cause;
  private @Nullable KeepAlive keepAlive;

  /**
   * @param listener through which it comes; null for one that is opened from here
   */
  TcpConnection(
      TcpStack stack,
      SocketOwner owner,
      IpAddress localAddress,
      int localPort,
      IpAddress remoteAddress,
      int remotePort,
      @Nullable ListeningSocket listener,
      @Nullable ConnectionHandler handler,
      int initialSequence) {
    super(stack, owner, localAddress, localPort, remoteAddress, remotePort);
    this.listener = listener;
    this.program = new ProgramSide(handler);
    this.sending = new SendSide(this, initialSequence);
    this.state = listener == null ? TcpState.SYN_SENT : TcpState.SYN_RECEIVED;
  }

  // ---- opening ----

  /** Sends SYN. */
  void open(long because) {
    register();
    cause = because;
    sending.start(TcpHeader.SYN, stack().now(), because);
    schedule();
  }

  /** Answers SYN with SYN-ACK. */
  void open(Arrival syn) {
    cameFrom(syn.senderMac);
    cause = syn.cause;
    receiving.start(syn.sequence);
    sending.setSegmentSize(Math.min(ownSegmentSize(), syn.maximumSegmentSize()));
    sending.start(TcpHeader.SYN | TcpHeader.ACK, stack().now(), syn.cause);
    schedule();
  }

  /** Tells by an event of its own that it has failed. */
  void failLater(Failure failure, long because) {
    if (failureToTell == null) {
      failureToTell = failure;
      cause = because;
      if (listener == null) {
        register();
      }
      schedule();
    }
  }

  /** The program has accepted it. */
  void accepted(ConnectionHandler handler) {
    program.accepted(handler);
    if (state != TcpState.CLOSED || program.isWaiting()) {
      register();
    }
    if (program.isWaiting()) {
      if (mustWait()) {
        waitForOwner();
      } else {
        tellWhatWaited();
      }
    }
  }

  // ---- what the program asks for ----

  @Override
  public void send(Octets data, long because) {
    if (state.takesData() && !sending.isFinRequested() && data.length() > 0) {
      sending.append(data);
      cause = because;
      flush();
    }
  }

  @Override
  public void finish(long because) {
    if (sending.isFinRequested() || state == TcpState.CLOSED) {
      return;
    }
    cause = because;
    sending.requestFin();
    state = state.afterFinish();
    flush();
  }

  @Override
  public void close(long because) {
    boolean unread = program.unread() > 0;
    program.abandon();
    unregister();
    switch (state) {
      case CLOSED -> end();
      case SYN_SENT -> end();
      case SYN_RECEIVED, ESTABLISHED, CLOSE_WAIT, FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK -> {
        if (unread) {
          abort(because);
          return;
        }
        orphan = true;
        finish(because);
        if (state == TcpState.FIN_WAIT_2 && !inTurn) {
          stack().timeWait(this, sending.next(), receiving.next(), true);
        }
      }
    }
  }

  @Override
  public void abort(long because) {
    if (state.abortsWithReset()) {
      stack()
          .sendBare(
              this, TcpHeader.RST | TcpHeader.ACK, sending.next(), receiving.next(), 0, because);
    }
    program.abandon();
    end();
  }

  @Override
  public void keepAlive(Duration idle, Duration interval, int probes) {
    if (state != TcpState.CLOSED) {
      keepAlive = new KeepAlive(idle.toNanos(), interval.toNanos(), probes, stack().now());
      schedule();
    }
  }

  @Override
  public boolean isOpen() {
    return (state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT)
        && !sending.isFinRequested();
  }

  private void flush() {
    if (!inTurn && state.isSynchronized()) {
      sending.output(stack().now(), cause);
      schedule();
    }
  }

  @Override
  protected void processEnded(long because) {
    close(because);
  }

  @Override
  protected void tellWhatWaited() {
    program.catchUp();
    if (state == TcpState.CLOSED) {
      unregister();
    } else if (state.isSynchronized() && receiving.hasOpened(program.unread())) {
      transmit(TcpHeader.ACK, sending.next(), null, 0, 0, cause);
    }
  }

  // ---- what comes in ----

  @Override
  public void receive(Arrival arrival) {
    inTurn = true;
    cameFrom(arrival.senderMac);
    cause = arrival.cause;
    if (keepAlive != null) {
      keepAlive.heard(stack().now());
    }
    switch (state) {
      case SYN_SENT -> receiveInSynSent(arrival);
      case SYN_RECEIVED -> receiveInSynReceived(arrival);
      case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK ->
          receiveSynchronized(arrival);
      case CLOSED -> {}
    }
    inTurn = false;
    if (state == TcpState.CLOSED) {
      return;
    }
    if (state.isSynchronized()) {
      long now = stack().now();
      sending.output(now, cause);
      if (receiving.mustAcknowledge(now)) {
        transmit(TcpHeader.ACK, sending.next(), null, 0, 0, cause);
      }
      if (orphan && state == TcpState.FIN_WAIT_2) {
        stack().timeWait(this, sending.next(), receiving.next(), true);
        return;
      }
    }
    schedule();
  }

  private void receiveInSynSent(Arrival arrival) {
    boolean acknowledges = arrival.hasAcknowledgment();
    if (acknowledges && arrival.acknowledgment != sending.next()) {
      stack().sendReset(arrival);
      return;
    }
    if (arrival.isReset()) {
      if (acknowledges) {
        fail(Failure.REFUSED);
      }
      return;
    }
    if (!arrival.isSyn()) {
      return;
    }
    receiving.start(arrival.sequence);
    sending.setSegmentSize(Math.min(ownSegmentSize(), arrival.maximumSegmentSize()));
    if (!acknowledges) {
      state = TcpState.SYN_RECEIVED;
      sending.start(TcpHeader.SYN | TcpHeader.ACK, stack().now(), arrival.cause);
      return;
    }
    establish(arrival);
    receiving.acknowledgeNow();
  }

  private void receiveInSynReceived(Arrival arrival) {
    if (arrival.isSyn() && arrival.sequence == receiving.next() - 1) {
      if (arrival.hasAcknowledgment()) {
        // Both sides opened at once: their SYN-ACK acknowledges our SYN.
        establish(arrival);
        receiving.acknowledgeNow();
      } else {
        transmit(TcpHeader.SYN | TcpHeader.ACK, sending.unacknowledged(), null, 0, 0, cause);
      }
    } else if (!receiving.isAcceptable(arrival)) {
      if (!arrival.isReset()) {
        transmit(TcpHeader.ACK, sending.next(), null, 0, 0, cause);
      }
    } else if (arrival.isReset()) {
      failOrForget(Failure.REFUSED);
    } else if (arrival.hasAcknowledgment() && !arrival.isSyn()) {
      if (arrival.acknowledgment != sending.next() || (listener != null && listener.isClosed())) {
        stack().sendReset(arrival);
      } else if (listener == null || listener.hasRoom()) {
        establish(arrival);
        takeData(arrival);
      }
    }
  }

  private void establish(Arrival arrival) {
    state = TcpState.ESTABLISHED;
    sending.acknowledge(arrival, stack().now(), cause);
    if (sending.isFinRequested()) {
      state = state.afterFinish();
    }
    confirm();
    if (listener != null) {
      listener.completed(this, cause);
    } else if (program.connected(mustWait(), cause)) {
      waitForOwner();
    }
  }

  private void receiveSynchronized(Arrival arrival) {
    if (!receiving.isAcceptable(arrival)) {
      if (!arrival.isReset()) {
        receiving.acknowledgeNow();
      }
    } else if (arrival.isReset()) {
      if (arrival.sequence == receiving.next()) {
        failOrForget(Failure.RESET);
      } else {
        receiving.acknowledgeNow();
      }
    } else if (arrival.isSyn()) {
      receiving.acknowledgeNow();
    } else if (arrival.hasAcknowledgment()) {
      if (Sequence.isAfter(arrival.acknowledgment, sending.next())) {
        receiving.acknowledgeNow();
        return;
      }
      int before = sending.unacknowledged();
      sending.acknowledge(arrival, stack().now(), cause);
      if (sending.unacknowledged() != before) {
        softError = false;
        confirm();
      }
      if (sending.isFinAcknowledged() && finWasAcknowledged()) {
        return;
      }
      takeData(arrival);
    }
  }

  /**
   * @return whether that was all
   */
  private boolean finWasAcknowledged() {
    return switch (state) {
      case FIN_WAIT_1 -> {
        state = TcpState.FIN_WAIT_2;
        yield false;
      }
      case CLOSING -> {
        stack().timeWait(this, sending.next(), receiving.next(), false);
        yield true;
      }
      case LAST_ACK -> {
        end();
        yield true;
      }
      case SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_2, CLOSE_WAIT, CLOSED -> false;
    };
  }

  private void takeData(Arrival arrival) {
    if (arrival.length() == 0) {
      return;
    }
    if (receiving.isFinished()) {
      receiving.acknowledgeNow();
      return;
    }
    if (orphan && receiving.bringsNews(arrival)) {
      stack().sendReset(arrival);
      end();
      return;
    }
    Octets data = receiving.take(arrival, stack().now());
    tellIfFinished(data);
    while (data != null && !receiving.isFinished()) {
      data = receiving.takeKept();
      if (data != null) {
        tellIfFinished(data);
      }
    }
  }

  /** The state changes before the program hears of the last data: it may close at once. */
  private void tellIfFinished(@Nullable Octets data) {
    boolean finished = receiving.isFinished();
    if (finished) {
      if (state == TcpState.FIN_WAIT_2) {
        stack().timeWait(this, sending.next(), receiving.next(), false).acknowledge(cause);
      } else {
        state = state.afterFin();
      }
    }
    boolean waits = data != null && program.received(mustWait(), data, cause);
    if (finished) {
      waits |= program.finished(mustWait(), cause);
    }
    if (waits) {
      waitForProgram();
    }
  }

  private void waitForProgram() {
    if (program.isAccepted()) {
      waitForOwner();
    }
  }

  /** An ICMP error about one of our segments. */
  void unreachable(int sequence, boolean nobodyListens, long because) {
    if (!sending.isTimedFor(sequence)) {
      return;
    }
    switch (state) {
      case SYN_SENT -> failLater(nobodyListens ? Failure.REFUSED : Failure.UNREACHABLE, because);
      case SYN_RECEIVED -> failLater(Failure.UNREACHABLE, because);
      case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK -> softError = true;
      case CLOSED -> {}
    }
  }

  // ---- time ----

  private void schedule() {
    long due =
        failureToTell != null
            ? stack().now()
            : Math.min(
                Math.min(sending.dueAt, receiving.acknowledgmentDueAt),
                keepAlive == null ? NEVER : keepAlive.dueAt());
    wakeAt(due);
  }

  @Override
  void awake() {
    long now = stack().now();
    if (state == TcpState.CLOSED) {
      return;
    }
    if (failureToTell != null) {
      failOrForget(failureToTell);
      return;
    }
    if (sending.dueAt <= now && !sendAgain(now)) {
      return;
    }
    if (receiving.acknowledgmentDueAt <= now) {
      receiving.pingPong = false;
      transmit(TcpHeader.ACK, sending.next(), null, 0, 0, cause);
    }
    if (keepAlive != null && keepAlive.dueAt() <= now && !probe(keepAlive, now)) {
      return;
    }
    schedule();
  }

  /**
   * @return whether the connection lives on
   */
  private boolean sendAgain(long now) {
    boolean goesOn =
        switch (state) {
          case SYN_SENT -> sending.startAgain(TcpHeader.SYN, SendSide.SYN_RETRIES, now, cause);
          case SYN_RECEIVED ->
              (listener == null || !listener.isClosed())
                  && sending.startAgain(
                      TcpHeader.SYN | TcpHeader.ACK, SendSide.SYN_ACK_RETRIES, now, cause);
          case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK ->
              sending.retry(
                  orphan ? SendSide.GIVE_UP_ORPHAN_NANOS : SendSide.GIVE_UP_NANOS, now, cause);
          case CLOSED -> false;
        };
    if (!goesOn) {
      failOrForget(softError ? Failure.UNREACHABLE : Failure.TIMED_OUT);
    }
    return goesOn;
  }

  private boolean probe(KeepAlive keep, long now) {
    if (sending.dueAt != NEVER || !state.isSynchronized()) {
      keep.postpone(now);
      return true;
    }
    if (keep.isExhausted()) {
      stack()
          .sendBare(
              this, TcpHeader.RST | TcpHeader.ACK, sending.next(), receiving.next(), 0, cause);
      failOrForget(softError ? Failure.UNREACHABLE : Failure.TIMED_OUT);
      return false;
    }
    keep.probed(now);
    sending.probe(cause);
    return true;
  }

  // ---- ending ----

  /** What nobody has accepted yet is not missed, unless it waits in the backlog. */
  private void failOrForget(Failure failure) {
    if (state == TcpState.SYN_RECEIVED && listener != null) {
      end();
    } else {
      fail(failure);
    }
  }

  private void fail(Failure failure) {
    end();
    if (program.failed(mustWait(), failure, cause)) {
      register();
      waitForProgram();
    }
  }

  /** Nothing of it is left in the kernel; its program may still have something to hear. */
  void end() {
    state = TcpState.CLOSED;
    stack().remove(this);
    sending.clear();
    sleep();
    keepAlive = null;
    if (!program.isWaiting()) {
      unregister();
    }
  }

  /** The power is cut. */
  void vanish() {
    program.abandon();
    state = TcpState.CLOSED;
    sending.clear();
  }

  // ---- out ----

  /**
   * Sends a segment with data from the queue; it carries the acknowledgment that is owed.
   *
   * @param offset in the queue
   */
  void transmit(
      int flags, int sequence, @Nullable SendQueue queue, int offset, int octets, long because) {
    boolean isSyn = (flags & TcpHeader.SYN) != 0;
    int header = isSyn ? TcpHeader.LENGTH_WITH_MSS : TcpHeader.LENGTH;
    byte[] bytes = new byte[header + octets];
    if (queue != null && octets > 0) {
      queue.copy(offset, octets, bytes, header);
      receiving.pingPong |= receiving.hasReceived();
    }
    boolean acknowledges = (flags & TcpHeader.ACK) != 0;
    int window = acknowledges ? receiving.window(program.unread()) : ReceiveSide.WINDOW;
    if (acknowledges) {
      receiving.acknowledged();
    }
    send(bytes, flags, sequence, acknowledges ? receiving.next() : 0, window, because);
  }

  @Override
  public String toString() {
    return super.toString() + " " + state;
  }
}
