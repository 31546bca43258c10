package org.vipdrift.netio.port;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.NotifyFifo;
import org.vipdrift.model.node.Account;
import org.vipdrift.netio.script.NamedPipe;
import org.vipdrift.netio.script.ScriptUser;

/** The named pipes of this machine; what is written before a pipe is open waits for it. */
public final class LinuxNotifyFifo extends AbstractMatchingBehavior<LinuxNotifyFifo.Message> {
  /** What this actor is told. */
  sealed interface Message {}

  private record Asked(NotifyFifo.Command command) implements Message {}

  private record Opened(Key key, NamedPipe pipe) implements Message {}

  private record Refused(Key key, String why) implements Message {}

  private record Key(String who, String path) {}

  /** A pipe that is asked for, and what it shall be told. */
  private static final class Pipe {
    private final List<String> early = new ArrayList<>();
    private @Nullable NamedPipe opened;
  }

  private final ExecutorService opener = NamedThreads.pool("vipdrift-fifos", 1);
  private final Map<Key, Pipe> pipes = new LinkedHashMap<>();
  private volatile boolean stopped;

  private LinuxNotifyFifo(ActorContext<Message> context) {
    super(context);
  }

  /** The port of this machine. */
  public static Behavior<NotifyFifo.Command> create() {
    Behavior<Message> fifo = Behaviors.setup(LinuxNotifyFifo::new);
    return Behaviors.transformMessages(
        NotifyFifo.Command.class,
        fifo,
        commands -> commands.match(NotifyFifo.Command.class, Asked::new));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Asked(NotifyFifo.Open(String who, String path, Optional<Account> account)) ->
          open(new Key(who, path), account);
      case Asked(NotifyFifo.WriteLine(String who, String path, String line, long _)) ->
          write(new Key(who, path), line);
      case Asked(NotifyFifo.CloseAll(String who)) -> closeAll(who);
      case Opened(Key key, NamedPipe pipe) -> opened(key, pipe);
      case Refused(Key key, String why) -> {
        pipes.remove(key);
        getContext().getLog().warn("Unable to open notify fifo {}: {}", key.path, why);
      }
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      stopped = true;
      pipes.values().forEach(LinuxNotifyFifo::close);
      opener.shutdown();
    }
    return this;
  }

  private void open(Key key, Optional<Account> account) {
    if (pipes.putIfAbsent(key, new Pipe()) != null) {
      return;
    }
    ActorRef<Message> self = getContext().getSelf();
    opener.execute(
        () -> {
          try {
            NamedPipe pipe = NamedPipe.open(Path.of(key.path), owner(account));
            if (stopped) {
              pipe.close();
            } else {
              self.tell(new Opened(key, pipe));
            }
          } catch (IOException failure) {
            self.tell(new Refused(key, String.valueOf(failure.getMessage())));
          }
        });
  }

  private static Optional<ScriptUser> owner(Optional<Account> account) throws IOException {
    if (account.isEmpty()) {
      return Optional.empty();
    }
    return switch (ScriptUser.find(account.get())) {
      case ScriptUser.Lookup.Found(ScriptUser user) -> Optional.of(user);
      case ScriptUser.Lookup.Unknown(String line) -> throw new IOException(line);
    };
  }

  private void opened(Key key, NamedPipe pipe) {
    Pipe wanted = pipes.get(key);
    if (wanted == null || wanted.opened != null) {
      pipe.close(); // closed before it was open
      return;
    }
    wanted.opened = pipe;
    wanted.early.forEach(pipe::writeLine);
    wanted.early.clear();
  }

  private void write(Key key, String line) {
    Pipe pipe = pipes.get(key);
    if (pipe == null) {
      return;
    }
    if (pipe.opened == null) {
      pipe.early.add(line);
    } else {
      pipe.opened.writeLine(line);
    }
  }

  private void closeAll(String who) {
    pipes
        .entrySet()
        .removeIf(
            entry -> {
              boolean theirs = entry.getKey().who.equals(who);
              if (theirs) {
                close(entry.getValue());
              }
              return theirs;
            });
  }

  private static void close(Pipe pipe) {
    if (pipe.opened != null) {
      pipe.opened.close();
    }
  }
}
