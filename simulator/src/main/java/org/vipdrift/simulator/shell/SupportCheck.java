package org.vipdrift.simulator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.vipdrift.simulator.shell.syntax.Command;
import org.vipdrift.simulator.shell.syntax.Place;
import org.vipdrift.simulator.shell.syntax.Unsupported;
import org.vipdrift.simulator.shell.syntax.Word;

/** Walks through a script for what a run would stumble over. */
final class SupportCheck {
  private final String fileName;
  private final ShellCommands commands;
  private final List<Unsupported> found = new ArrayList<>();
  private final TreeSet<String> functions = new TreeSet<>();

  SupportCheck(String fileName, ShellCommands commands) {
    this.fileName = fileName;
    this.commands = commands;
  }

  List<Unsupported> check(Command program) {
    functions(program);
    visit(program);
    return List.copyOf(found);
  }

  private void report(Place place, String construct) {
    found.add(new Unsupported(fileName, place.line(), place.column(), construct));
  }

  private static List<Command> children(Command command) {
    return switch (command) {
      case Command.Simple _, Command.Arithmetic _, Command.Conditional _, Command.Broken _ ->
          List.of();
      case Command.Pipeline pipeline -> pipeline.stages();
      case Command.AndOr both -> List.of(both.left(), both.right());
      case Command.Sequence sequence -> sequence.commands();
      case Command.Background background -> List.of(background.command());
      case Command.If conditional -> {
        List<Command> all = new ArrayList<>();
        conditional.branches().forEach(b -> all.addAll(List.of(b.condition(), b.body())));
        conditional.otherwise().ifPresent(all::add);
        yield all;
      }
      case Command.For loop -> List.of(loop.body());
      case Command.ArithmeticFor loop -> List.of(loop.body());
      case Command.Loop loop -> List.of(loop.condition(), loop.body());
      case Command.Case choice -> choice.clauses().stream().map(Command.Clause::body).toList();
      case Command.Function function -> List.of(function.body());
      case Command.Subshell subshell -> List.of(subshell.body());
      case Command.Redirected redirected -> List.of(redirected.command());
    };
  }

  private void functions(Command command) {
    if (command instanceof Command.Function(_, String name, _)) {
      functions.add(name);
    }
    children(command).forEach(this::functions);
  }

  private void visit(Command command) {
    switch (command) {
      case Command.Simple simple -> simple(simple);
      case Command.Broken(Place place, String message) -> report(place, "syntax error: " + message);
      case Command.For loop -> loop.words().ifPresent(words -> words.forEach(this::word));
      case Command.Case choice -> word(choice.subject());
      case Command.Conditional conditional -> condition(conditional.condition());
      case Command.Arithmetic arithmetic -> word(arithmetic.expression());
      case Command.Redirected redirected -> redirected.redirects().forEach(r -> word(r.target()));
      case Command.Pipeline _,
          Command.AndOr _,
          Command.Sequence _,
          Command.Background _,
          Command.If _,
          Command.ArithmeticFor _,
          Command.Loop _,
          Command.Function _,
          Command.Subshell _ -> {}
    }
    children(command).forEach(this::visit);
  }

  private void condition(Command.Condition condition) {
    switch (condition) {
      case Command.Condition.Unary(_, Word operand) -> word(operand);
      case Command.Condition.Binary(Word left, _, Word right) -> {
        word(left);
        word(right);
      }
      case Command.Condition.Not(Command.Condition inner) -> condition(inner);
      case Command.Condition.Both(Command.Condition left, Command.Condition right) -> {
        condition(left);
        condition(right);
      }
      case Command.Condition.Either(Command.Condition left, Command.Condition right) -> {
        condition(left);
        condition(right);
      }
    }
  }

  private void simple(Command.Simple simple) {
    for (Command.Assignment assignment : simple.assignments()) {
      word(assignment.value());
      assignment.elements().ifPresent(elements -> elements.forEach(this::word));
    }
    simple.words().forEach(this::word);
    simple.redirects().forEach(redirect -> word(redirect.target()));
    if (simple.words().isEmpty()) {
      return;
    }
    Optional<String> name = simple.words().getFirst().literal();
    if (name.isEmpty() || functions.contains(name.get()) || Builtins.NAMES.contains(name.get())) {
      return;
    }
    Optional<ShellCommand> command = commands.find(name.get());
    if (command.isPresent()) {
      List<Optional<String>> arguments =
          simple.words().stream().skip(1).map(Word::literal).toList();
      command
          .get()
          .unsupported(arguments)
          .ifPresent(what -> report(simple.place(), name.get() + " " + what));
    } else if (name.get().indexOf('/') < 0 && !name.get().matches("(ba|da)?sh")) {
      report(simple.place(), "command '" + name.get() + "'");
    }
  }

  private void word(Word word) {
    for (Word.Part part : word.parts()) {
      switch (part) {
        case Word.CommandSubstitution(Command body, _) -> visit(body);
        case Word.Parameter parameter -> parameter.operands().forEach(this::word);
        case Word.ArithmeticExpansion arithmetic -> word(arithmetic.expression());
        case Word.Literal _ -> {}
      }
    }
  }
}
