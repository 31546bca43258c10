package org.vipdrift.simulator.kernel.tcp;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;

/** What a connection has to say to its program: at once, or when that runs again and accepts it. */
final class ProgramSide {
  private @Nullable ConnectionHandler handler;
  private @Nullable ArrayDeque<News> waiting;
  private boolean abandoned;
  private int unread;

  private sealed interface News {}

  private record Connected(long cause) implements News {}

  private record Received(Octets data, long cause) implements News {}

  private record Finished(long cause) implements News {}

  private record Failed(ConnectionHandler.Failure failure, long cause) implements News {}

  /**
   * @param handler null until the connection is accepted
   */
  ProgramSide(@Nullable ConnectionHandler handler) {
    this.handler = handler;
  }

  /** Octets that wait. */
  int unread() {
    return unread;
  }

  boolean isWaiting() {
    return waiting != null;
  }

  boolean isAccepted() {
    return handler != null;
  }

  void accepted(ConnectionHandler by) {
    handler = by;
  }

  /** From now on it is told nothing. */
  void abandon() {
    abandoned = true;
    waiting = null;
    handler = null;
  }

  /**
   * @param later whether it cannot hear it now
   * @return whether the news waits
   */
  boolean connected(boolean later, long cause) {
    return tell(later, new Connected(cause));
  }

  /** See {@link #connected}. */
  boolean received(boolean later, Octets data, long cause) {
    if (!later && waiting == null && handler != null) {
      handler.received(data, cause);
      return false;
    }
    if (abandoned) {
      return false;
    }
    unread += data.length();
    return tell(true, new Received(data, cause));
  }

  /** See {@link #connected}. */
  boolean finished(boolean later, long cause) {
    return tell(later, new Finished(cause));
  }

  /** See {@link #connected}. */
  boolean failed(boolean later, ConnectionHandler.Failure failure, long cause) {
    return tell(later, new Failed(failure, cause));
  }

  private boolean tell(boolean later, News news) {
    if (abandoned) {
      return false;
    }
    if (later || waiting != null || handler == null) {
      if (waiting == null) {
        waiting = new ArrayDeque<>(4);
      }
      waiting.addLast(news);
      return true;
    }
    tell(handler, news);
    return false;
  }

  /** Tells what waited. */
  void catchUp() {
    while (waiting != null && handler != null) {
      News news = waiting.pollFirst();
      if (news == null) {
        waiting = null;
      } else {
        tell(handler, news);
      }
    }
  }

  private void tell(ConnectionHandler to, News news) {
    switch (news) {
      case Connected(long cause) -> to.connected(cause);
      case Received(Octets data, long cause) -> {
        unread -= data.length();
        to.received(data, cause);
      }
      case Finished(long cause) -> to.finished(cause);
      case Failed(ConnectionHandler.Failure failure, long cause) -> {
        abandon();
        to.failed(failure, cause);
      }
    }
  }
}
