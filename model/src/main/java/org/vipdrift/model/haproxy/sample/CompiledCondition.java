package org.vipdrift.model.haproxy.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.haproxy.settings.AclPattern;
import org.vipdrift.model.haproxy.settings.AclTest;
import org.vipdrift.model.haproxy.settings.Condition;
import org.vipdrift.model.haproxy.settings.MatchMethod;

/** An {@code if} or {@code unless}, ready to be asked. */
public final class CompiledCondition {
  /** What a rule without a condition has. */
  public static final CompiledCondition ALWAYS = new CompiledCondition(false, new Term[][] {{}});

  private final boolean unless;
  private final Term[][] alternatives;

  private record Term(boolean negated, List<Test> tests) {
    boolean holds(SampleContext context) {
      for (int at = 0; at < tests.size(); at++) {
        if (tests.get(at).holds(context)) {
          return !negated;
        }
      }
      return negated;
    }
  }

  private record Test(CompiledSample sample, boolean exists, Predicate<Sample> matches) {
    boolean holds(SampleContext context) {
      List<Sample> values = sample.values(context);
      if (exists) {
        return !values.isEmpty();
      }
      for (int at = 0; at < values.size(); at++) {
        if (matches.test(values.get(at))) {
          return true;
        }
      }
      return false;
    }
  }

  private CompiledCondition(boolean unless, Term[][] alternatives) {
    this.unless = unless;
    this.alternatives = alternatives;
  }

  public static CompiledCondition of(Optional<Condition> condition) {
    return condition.map(CompiledCondition::of).orElse(ALWAYS);
  }

  public static CompiledCondition of(Condition condition) {
    return new CompiledCondition(
        condition.unless(),
        condition.alternatives().stream()
            .map(terms -> terms.stream().map(CompiledCondition::term).toArray(Term[]::new))
            .toArray(Term[][]::new));
  }

  /** Whether the rule applies now. */
  public boolean holds(SampleContext context) {
    return any(context) != unless;
  }

  private boolean any(SampleContext context) {
    for (Term[] terms : alternatives) {
      if (all(terms, context)) {
        return true;
      }
    }
    return false;
  }

  private static boolean all(Term[] terms, SampleContext context) {
    for (Term term : terms) {
      if (!term.holds(context)) {
        return false;
      }
    }
    return true;
  }

  private static Term term(Condition.Term term) {
    return new Term(term.negated(), term.tests().stream().map(CompiledCondition::test).toList());
  }

  private static Test test(AclTest test) {
    CompiledSample sample = SampleCompiler.compile(test.sample());
    boolean exists = test.method() == MatchMethod.FOUND;
    List<Predicate<Sample>> patterns =
        test.patterns().stream()
            .map(pattern -> pattern(pattern, test.method(), test.ignoreCase()))
            .toList();
    Predicate<Sample> matches =
        switch (patterns.size()) {
          case 0 -> Sample::isTrue;
          case 1 -> patterns.getFirst();
          default ->
              value -> {
                for (int at = 0; at < patterns.size(); at++) {
                  if (patterns.get(at).test(value)) {
                    return true;
                  }
                }
                return false;
              };
        };
    return new Test(sample, exists, matches);
  }

  private static Predicate<Sample> pattern(
      AclPattern pattern, MatchMethod method, boolean ignoreCase) {
    return switch (pattern) {
      case AclPattern.Text(String text) -> text(text, method, ignoreCase);
      case AclPattern.Number(var range) ->
          method == MatchMethod.LENGTH
              ? value -> range.contains(value.text().length())
              : value -> {
                OptionalLong number = value.number();
                return number.isPresent() && range.contains(number.getAsLong());
              };
      case AclPattern.Network(IpPrefix prefix) ->
          value -> {
            Optional<IpAddress> address = value.address();
            return address.isPresent() && prefix.contains(address.get());
          };
      case AclPattern.Expression(String regex) -> {
        Pattern compiled = Pattern.compile(regex, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        yield value -> compiled.matcher(value.text()).find();
      }
      case AclPattern.Binary(var data) -> {
        byte[] expected = data.toByteArray();
        yield value -> Arrays.equals(value.octets(), expected);
      }
    };
  }

  private static Predicate<Sample> text(String text, MatchMethod method, boolean ignoreCase) {
    String wanted = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    Predicate<String> test =
        switch (method) {
          case STRING, BINARY, BOOLEAN, INTEGER, IP, LENGTH, FOUND, EXPRESSION -> wanted::equals;
          case SUBSTRING -> value -> value.contains(wanted);
          case BEGINNING -> value -> value.startsWith(wanted);
          case END -> value -> value.endsWith(wanted);
          case SUBDIRECTORY -> value -> hasPart(value, wanted, "/?");
          case DOMAIN -> value -> hasPart(value, wanted, "/?.:");
        };
    return ignoreCase
        ? value -> test.test(value.text().toLowerCase(Locale.ROOT))
        : value -> test.test(value.text());
  }

  /** Whether it stands between delimiters or the ends. */
  private static boolean hasPart(String value, String wanted, String delimiters) {
    String bare = strip(wanted, delimiters);
    int at = value.indexOf(bare);
    while (at >= 0) {
      int end = at + bare.length();
      if ((at == 0 || delimiters.indexOf(value.charAt(at - 1)) >= 0)
          && (end == value.length() || delimiters.indexOf(value.charAt(end)) >= 0)) {
        return true;
      }
      at = value.indexOf(bare, at + 1);
    }
    return false;
  }

  private static String strip(String text, String delimiters) {
    int from = 0;
    int to = text.length();
    while (from < to && delimiters.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && delimiters.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}
