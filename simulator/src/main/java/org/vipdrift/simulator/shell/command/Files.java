package org.vipdrift.simulator.shell.command;

import java.util.Optional;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.ShellHost.HostFile;
import org.vipdrift.simulator.shell.Task;

/** {@code touch rm mkdir cp mv ls} on the host's files. */
final class Files {
  private Files() {}

  static Task<Integer> touch(Invocation call) {
    int code = 0;
    for (String path : Options.parse(call.arguments(), "acm").operands()) {
      String text = call.host().file(path).map(HostFile::text).orElse("");
      if (!call.host().writeFile(path, text)) {
        call.complain("cannot touch '" + path + "': No such file or directory");
        code = 1;
      }
    }
    return Task.of(code);
  }

  static Task<Integer> remove(Invocation call) {
    Options options = Options.parse(call.arguments(), "frRv");
    int code = 0;
    for (String path : options.operands()) {
      if (!call.host().removeFile(path) && !options.has("-f")) {
        call.complain("cannot remove '" + path + "': No such file or directory");
        code = 1;
      }
    }
    return Task.of(code);
  }

  static Task<Integer> makeDirectory(Invocation call) {
    Options options = Options.parse(call.arguments(), "pm:v");
    int code = 0;
    for (String path : options.operands()) {
      Optional<HostFile> before = call.host().file(path);
      boolean fine =
          before
              .map(file -> file.directory() && options.has("-p"))
              .orElseGet(() -> call.host().createDirectory(path));
      if (!fine) {
        call.complain("cannot create directory '" + path + "'");
        code = 1;
      }
    }
    return Task.of(code);
  }

  static Task<Integer> copy(Invocation call) {
    Options options = Options.parse(call.arguments(), "fap");
    if (options.unknown().isPresent() || options.operands().size() != 2) {
      return call.unsupported(String.join(" ", call.arguments()));
    }
    Optional<String> text = call.read(options.operands().getFirst());
    if (text.isEmpty() || !call.host().writeFile(options.operands().get(1), text.get())) {
      return Task.of(1);
    }
    if (call.name().equals("mv")) {
      call.host().removeFile(options.operands().getFirst());
    }
    return Task.of(0);
  }

  static Task<Integer> list(Invocation call) {
    Options options = Options.parse(call.arguments(), "1");
    if (options.unknown().isPresent() || options.operands().isEmpty()) {
      return call.unsupported("of a directory");
    }
    int code = 0;
    for (String path : options.operands()) {
      Optional<HostFile> file = call.host().file(path);
      if (file.isEmpty()) {
        call.complain("cannot access '" + path + "': No such file or directory");
        code = 2;
      } else if (file.get().directory()) {
        return call.unsupported("of a directory");
      } else {
        call.printLine(path);
      }
    }
    return Task.of(code);
  }
}
