package org.vipdrift.simulator.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.shell.syntax.Command.Direction;
import org.vipdrift.simulator.shell.syntax.Command.Redirect;

/** Opens what redirections name: files of the host, here-documents, other descriptors, sockets. */
final class Redirections {
  private static final Pattern SOCKET = Pattern.compile("/dev/(tcp|udp)/([^/]+)/([^/]+)");

  /** Linux gives up a SYN after six retries: 1 + 2 + 4 + ... + 64 seconds. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(127);

  private final Expander expander;

  Redirections(Expander expander) {
    this.expander = expander;
  }

  /** The streams after the redirections; empty, with a message, if one fails. */
  Task<Optional<Streams>> apply(List<Redirect> redirects, Frame frame) {
    return apply(redirects, 0, frame);
  }

  private Task<Optional<Streams>> apply(List<Redirect> redirects, int index, Frame frame) {
    if (index == redirects.size()) {
      return Task.of(Optional.of(frame.streams()));
    }
    Redirect redirect = redirects.get(index);
    return expander
        .text(redirect.target(), frame)
        .then(target -> open(redirect, target, frame))
        .then(
            streams ->
                streams.isEmpty()
                    ? Task.of(streams)
                    : apply(redirects, index + 1, frame.with(streams.get())));
  }

  private Task<Optional<Streams>> open(Redirect redirect, String target, Frame frame) {
    Streams streams = frame.streams();
    int descriptor = redirect.descriptor();
    Matcher socket = SOCKET.matcher(target);
    boolean text =
        redirect.direction() == Direction.HERE_TEXT
            || redirect.direction() == Direction.HERE_STRING;
    if (!text && socket.matches()) {
      return connect(socket, redirect, frame);
    }
    return Task.of(
        switch (redirect.direction()) {
          case HERE_TEXT -> Optional.of(streams.with(descriptor, new Streams.Source(target)));
          case HERE_STRING ->
              Optional.of(streams.with(descriptor, new Streams.Source(target + "\n")));
          case READ -> reading(target, frame).map(s -> streams.with(descriptor, s));
          case READ_WRITE, APPEND ->
              writing(target, true, frame).map(s -> streams.with(descriptor, s));
          case WRITE -> writing(target, false, frame).map(s -> streams.with(descriptor, s));
          case WRITE_BOTH -> writing(target, false, frame).map(s -> streams.with(1, s).with(2, s));
          case APPEND_BOTH -> writing(target, true, frame).map(s -> streams.with(1, s).with(2, s));
          case DUPLICATE -> duplicate(descriptor, target, frame);
        });
  }

  private static Optional<Streams> duplicate(int descriptor, String target, Frame frame) {
    if (target.equals("-")) {
      return Optional.of(frame.streams().without(descriptor));
    }
    Optional<Streams.Stream> source =
        target.matches("[0-9]") ? frame.streams().get(Integer.parseInt(target)) : Optional.empty();
    if (source.isEmpty()) {
      frame.complain(target + ": Bad file descriptor");
    }
    return source.map(stream -> frame.streams().with(descriptor, stream));
  }

  private static Optional<Streams.Stream> reading(String path, Frame frame) {
    if (path.equals("/dev/null")) {
      return Optional.of(Streams.Stream.NOTHING);
    }
    if (path.equals("/dev/stdin")) {
      return Optional.of(frame.streams().input());
    }
    Optional<ShellHost.HostFile> file = frame.state().host.file(path);
    if (file.isEmpty()) {
      frame.complain(path + ": No such file or directory");
    }
    return file.map(found -> new Streams.Source(found.text()));
  }

  private static Optional<Streams.Stream> writing(String path, boolean append, Frame frame) {
    switch (path) {
      case "/dev/null" -> {
        return Optional.of(Streams.Stream.NOTHING);
      }
      case "/dev/stdout" -> {
        return Optional.of(frame.streams().output());
      }
      case "/dev/stderr" -> {
        return Optional.of(frame.streams().errors());
      }
      default -> {}
    }
    ShellHost host = frame.state().host;
    Optional<ShellHost.HostFile> before = host.file(path);
    if (before.map(ShellHost.HostFile::directory).orElse(path.isEmpty())) {
      frame.complain(path + (path.isEmpty() ? ": No such file or directory" : ": Is a directory"));
      return Optional.empty();
    }
    if ((!append || before.isEmpty()) && !host.writeFile(path, "")) {
      frame.complain(path + ": No such file or directory");
      return Optional.empty();
    }
    return Optional.of(new Streams.FileSink(host, path, frame.state().limits.maxOutput()));
  }

  private static Task<Optional<Streams>> connect(Matcher socket, Redirect redirect, Frame frame) {
    String name = socket.group(2);
    String port = socket.group(3);
    Optional<IpAddress> address = IpAddress.parse(name).or(() -> frame.state().host.resolve(name));
    if (address.isEmpty() || !port.matches("[0-9]{1,5}")) {
      frame.complain(name + ": Name or service not known");
      return Task.of(Optional.empty());
    }
    Streams opened = frame.streams().with(redirect.descriptor(), Streams.Stream.NOTHING);
    if (socket.group(1).equals("udp")) {
      return Task.of(Optional.of(opened));
    }
    return Task.await(
            new ShellStep.Connecting(address.get(), Integer.parseInt(port), CONNECT_TIMEOUT))
        .map(
            reply -> {
              if (reply instanceof ShellReply.Failed(ShellReply.Failure failure)) {
                frame.complain(
                    "connect: "
                        + switch (failure) {
                          case REFUSED -> "Connection refused";
                          case UNREACHABLE -> "No route to host";
                          default -> "Connection timed out";
                        });
                return Optional.empty();
              }
              return Optional.of(opened);
            });
  }
}
