package org.vipdrift.simulator.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.nginx.LocationMatch.Kind;
import org.vipdrift.model.nginx.RewriteStep;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.WebLocation;

/** nginx's rewrite module at work on one request. */
final class RewriteModule {
  private final WebRequest request;

  RewriteModule(WebRequest request) {
    this.request = request;
  }

  /** Whether the request goes on after these steps. */
  boolean run(List<RewriteStep> steps) {
    for (int at = 0; at < steps.size(); at++) {
      switch (step(steps.get(at))) {
        case GOES_ON -> {}
        case LEAVES -> {
          return true;
        }
        case ANSWERED -> {
          return false;
        }
      }
    }
    return true;
  }

  private enum Course {
    GOES_ON,
    /** No further steps. */
    LEAVES,
    ANSWERED
  }

  private Course step(RewriteStep step) {
    return switch (step) {
      case RewriteStep.SetVariable(String name, Template value) -> {
        request.variables().set(name, request.variables().evaluate(value));
        yield Course.GOES_ON;
      }
      case RewriteStep.Return(int status, Optional<Template> text) -> {
        giveBack(status, text.map(request.variables()::evaluate).orElse(null));
        yield Course.ANSWERED;
      }
      case RewriteStep.Rewrite rewrite -> rewrite(rewrite);
      case RewriteStep.Break _ -> {
        request.stay();
        yield Course.LEAVES;
      }
      case RewriteStep.When(
              RewriteStep.Condition condition,
              List<RewriteStep> inner,
              WebLocation inside) -> {
        if (!holds(condition)) {
          yield Course.GOES_ON;
        }
        if (request.location().match().kind() != Kind.SERVER) {
          request.enter(inside);
        }
        Course course = Course.GOES_ON;
        for (int at = 0; at < inner.size() && course == Course.GOES_ON; at++) {
          course = step(inner.get(at));
        }
        yield course;
      }
    };
  }

  private void giveBack(int status, @Nullable String text) {
    if (status == 444) {
      request.exchange().answer(Octets.EMPTY, false, request.exchange().cause());
    } else if (text == null) {
      if (status >= 400) {
        request.error(status);
      } else {
        request.answering().page(status);
      }
    } else if (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) {
      request.answering().redirect(status, text);
    } else {
      request.answering().text(status, request.location().files().defaultType(), text);
    }
  }

  private Course rewrite(RewriteStep.Rewrite rewrite) {
    Matcher matcher =
        request.worker().patterns().get(rewrite.pattern(), false).matcher(request.path());
    if (!matcher.find()) {
      return Course.GOES_ON;
    }
    request.variables().captured(matcher);
    String target = request.variables().evaluate(rewrite.replacement());
    int question = target.indexOf('?');
    boolean dropsArgs = target.endsWith("?");
    String newPath = question < 0 ? target : target.substring(0, question);
    String newArgs = question < 0 || dropsArgs ? "" : target.substring(question + 1);
    if (!dropsArgs && !request.args().isEmpty()) {
      newArgs = newArgs.isEmpty() ? request.args() : newArgs + "&" + request.args();
    }
    boolean redirects =
        rewrite.flag() == RewriteStep.Flag.REDIRECT || rewrite.flag() == RewriteStep.Flag.PERMANENT;
    if (redirects) {
      request
          .answering()
          .redirect(
              rewrite.flag() == RewriteStep.Flag.PERMANENT ? 301 : 302,
              newArgs.isEmpty() ? newPath : newPath + "?" + newArgs);
      return Course.ANSWERED;
    }
    request.moveTo(
        newPath.startsWith("/") ? newPath : "/" + newPath,
        newArgs,
        rewrite.flag() == RewriteStep.Flag.BREAK);
    return rewrite.flag() == RewriteStep.Flag.NONE ? Course.GOES_ON : Course.LEAVES;
  }

  private boolean holds(RewriteStep.Condition condition) {
    return switch (condition) {
      case RewriteStep.Condition.IsSet(Template value) -> {
        String text = request.variables().evaluate(value);
        yield !text.isEmpty() && !text.equals("0");
      }
      case RewriteStep.Condition.IsEqual(Template left, Template right, boolean negated) ->
          request.variables().evaluate(left).equals(request.variables().evaluate(right)) != negated;
      case RewriteStep.Condition.Matches(
              Template value,
              String pattern,
              boolean caseless,
              boolean negated) -> {
        Matcher matcher =
            request
                .worker()
                .patterns()
                .get(pattern, caseless)
                .matcher(request.variables().evaluate(value));
        boolean found = matcher.find();
        if (found && !negated) {
          request.variables().captured(matcher);
        }
        yield found != negated;
      }
      case RewriteStep.Condition.Exists(
              Template name,
              boolean files,
              boolean folders,
              boolean negated) -> {
        String file = request.variables().evaluate(name);
        boolean exists =
            files && request.worker().environment().disk().apply(file).isPresent()
                || folders && request.worker().environment().isFolder().test(file);
        yield exists != negated;
      }
    };
  }
}
