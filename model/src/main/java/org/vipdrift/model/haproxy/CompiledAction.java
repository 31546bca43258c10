package org.vipdrift.model.haproxy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.haproxy.sample.CompiledFormat;
import org.vipdrift.model.haproxy.sample.CompiledSample;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.Sample;
import org.vipdrift.model.haproxy.sample.SampleCompiler;
import org.vipdrift.model.haproxy.sample.SampleContext;
import org.vipdrift.model.haproxy.settings.HttpAction;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.MatchMethod;
import org.vipdrift.model.haproxy.settings.SharedAction;

/** What an HTTP rule does, ready to be done. */
@FunctionalInterface
interface CompiledAction {
  RuleOutcome perform(HttpStream stream);

  static CompiledAction of(HttpAction action) {
    return switch (action) {
      case SharedAction shared -> ofShared(shared);
      case HttpAction.Own own -> ofOwn(own);
    };
  }

  private static CompiledAction ofShared(SharedAction action) {
    return switch (action) {
      case SharedAction.Reject() -> _ -> new RuleOutcome.Reject(false);
      case SharedAction.SilentDrop() -> _ -> new RuleOutcome.Reject(true);
      case SharedAction.SetVariable(var name, var expression) -> {
        CompiledSample sample = SampleCompiler.compile(expression);
        yield goingOn(s -> sample.value(s).ifPresent(v -> s.setVariable(name, v)));
      }
      case SharedAction.SetVariableFormat(var name, var value) -> {
        CompiledFormat format = CompiledFormat.of(value);
        yield goingOn(s -> s.setVariable(name, new Sample.Text(format.print(s))));
      }
      case SharedAction.SetLogLevel(int level) -> goingOn(s -> s.logLevel = level);
      case SharedAction.SetSource(var expression) -> {
        CompiledSample sample = SampleCompiler.compile(expression);
        yield goingOn(
            s -> sample.value(s).flatMap(Sample::address).ifPresent(a -> s.client.source = a));
      }
      case SharedAction.SetSourcePort(var expression) -> {
        CompiledSample sample = SampleCompiler.compile(expression);
        yield goingOn(
            s -> sample.value(s).ifPresent(v -> s.client.sourcePort = (int) v.number().orElse(0)));
      }
      case SharedAction.Capture(var expression, var length, var slot) -> {
        CompiledSample sample = SampleCompiler.compile(expression);
        yield goingOn(s -> s.capture(slot, length, sample.value(s).map(Sample::text).orElse("")));
      }
      case SharedAction.TrackCounters _, SharedAction.UnsetVariable _ ->
          goingOn(s -> performShared(action, s));
      case SharedAction.IncrementCounter _,
          SharedAction.SetTag _,
          SharedAction.SetDestination _,
          SharedAction.SetDestinationPort _,
          SharedAction.SetPriorityClass _,
          SharedAction.SetPriorityOffset _,
          SharedAction.SetTypeOfService _,
          SharedAction.SetMark _,
          SharedAction.SetNice _,
          SharedAction.UseService _,
          SharedAction.Resolve _,
          SharedAction.NotModelled _ ->
          goingOn(_ -> {});
    };
  }

  /** What both TCP and HTTP rules do to a session. */
  static void performShared(SharedAction action, SampleContext context) {
    if (action instanceof SharedAction.SetVariable(var name, var expression)) {
      SampleCompiler.compile(expression)
          .value(context)
          .ifPresent(v -> context.setVariable(name, v));
    } else if (action instanceof SharedAction.SetVariableFormat(var name, var value)) {
      context.setVariable(name, new Sample.Text(CompiledFormat.of(value).print(context)));
    } else if (action instanceof SharedAction.UnsetVariable(var name)) {
      context.unsetVariable(name);
    } else if (action instanceof SharedAction.TrackCounters(int counter, var key, var table)
        && context instanceof Stream stream) {
      SampleCompiler.compile(key)
          .value(context)
          .ifPresent(
              k ->
                  stream.process.track(
                      stream.client, counter, table.orElse(stream.backendName()), k));
    }
  }

  private static CompiledAction goingOn(java.util.function.Consumer<HttpStream> effect) {
    return stream -> {
      effect.accept(stream);
      return RuleOutcome.GO_ON;
    };
  }

  private static CompiledAction ofOwn(HttpAction.Own action) {
    return switch (action) {
      case HttpAction.Allow() -> _ -> RuleOutcome.STOP;
      case HttpAction.Deny(var reply) -> {
        RuleOutcome deny = new RuleOutcome.Deny(reply);
        yield _ -> deny;
      }
      case HttpAction.Tarpit(var reply) -> {
        RuleOutcome tarpit = new RuleOutcome.Tarpit(reply);
        yield _ -> tarpit;
      }
      case HttpAction.Return(var reply) -> {
        RuleOutcome answer = new RuleOutcome.Answer(reply);
        yield _ -> answer;
      }
      case HttpAction.RedirectTo(var redirect) -> {
        CompiledRedirect compiled = new CompiledRedirect(redirect);
        RuleOutcome redirected = new RuleOutcome.Redirected(compiled);
        yield s -> compiled.isEmpty(s) ? RuleOutcome.GO_ON : redirected;
      }
      case HttpAction.Authenticate(var realm) ->
          s -> new RuleOutcome.Challenge(realm.orElse(s.backendName()));
      case HttpAction.AddHeader(var name, var value) -> {
        CompiledFormat format = CompiledFormat.of(value);
        yield goingOn(s -> s.headers().add(name, format.print(s)));
      }
      case HttpAction.SetHeader(var name, var value) -> {
        CompiledFormat format = CompiledFormat.of(value);
        yield goingOn(s -> s.headers().replace(name, format.print(s)));
      }
      case HttpAction.DeleteHeader(var match, var name) -> deleteHeader(match, name);
      case HttpAction.ReplaceHeader(var name, var regex, var replacement) ->
          rewriteHeader(name, regex, replacement, false);
      case HttpAction.ReplaceValue(var name, var regex, var replacement) ->
          rewriteHeader(name, regex, replacement, true);
      case HttpAction.SetMethod(var value) -> onRequest(value, EditableRequest::setMethod);
      case HttpAction.SetPath(var value) -> onRequest(value, EditableRequest::setPath);
      case HttpAction.SetPathWithQuery(var value) ->
          onRequest(value, EditableRequest::setPathWithQuery);
      case HttpAction.SetQuery(var value) -> onRequest(value, EditableRequest::setQuery);
      case HttpAction.SetUri(var value) -> onRequest(value, EditableRequest::setTarget);
      case HttpAction.ReplacePath(var regex, var replacement) ->
          rewriteRequest(regex, replacement, EditableRequest::path, EditableRequest::setPath);
      case HttpAction.ReplacePathWithQuery(var regex, var replacement) ->
          rewriteRequest(
              regex,
              replacement,
              EditableRequest::pathWithQuery,
              EditableRequest::setPathWithQuery);
      case HttpAction.ReplaceUri(var regex, var replacement) ->
          rewriteRequest(regex, replacement, EditableRequest::target, EditableRequest::setTarget);
      case HttpAction.SetStatus(int status, var reason) ->
          goingOn(
              s ->
                  s.response()
                      .ifPresent(r -> r.setStatus(status, reason.orElse(Replies.reason(status)))));
      case HttpAction.DisableRetry() -> goingOn(s -> s.replays = false);
      case HttpAction.SetTimeout(var timeout, var fixed, var computed) ->
          goingOn(
              s -> {
                if (timeout.equals("server")) {
                  fixed.ifPresent(t -> s.serverTimeout = Optional.of(t));
                }
              });
      case HttpAction.EarlyHint _,
          HttpAction.NormalizeUri _,
          HttpAction.AddAcl _,
          HttpAction.DeleteAcl _,
          HttpAction.SetMap _,
          HttpAction.DeleteMap _,
          HttpAction.CacheUse _,
          HttpAction.CacheStore _,
          HttpAction.StrictMode _,
          HttpAction.WaitForBody _,
          HttpAction.WaitForHandshake _ ->
          _ -> RuleOutcome.GO_ON;
    };
  }

  private static CompiledAction onRequest(
      LogFormat value, java.util.function.BiConsumer<EditableRequest, String> setter) {
    CompiledFormat format = CompiledFormat.of(value);
    return goingOn(s -> s.request().ifPresent(r -> setter.accept(r, format.print(s))));
  }

  private static CompiledAction deleteHeader(MatchMethod match, String name) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    return switch (match) {
      case BEGINNING -> goingOn(s -> s.headers().removeIf(n -> n.startsWith(lower)));
      case END -> goingOn(s -> s.headers().removeIf(n -> n.endsWith(lower)));
      case SUBSTRING -> goingOn(s -> s.headers().removeIf(n -> n.contains(lower)));
      case EXPRESSION -> {
        Pattern pattern = Pattern.compile(name, Pattern.CASE_INSENSITIVE);
        yield goingOn(s -> s.headers().removeIf(n -> pattern.matcher(n).find()));
      }
      case FOUND, BOOLEAN, INTEGER, IP, BINARY, LENGTH, STRING, SUBDIRECTORY, DOMAIN ->
          goingOn(s -> s.headers().remove(lower));
    };
  }

  private static CompiledAction rewriteHeader(
      String name, String regex, LogFormat replacement, boolean parts) {
    Pattern pattern = Pattern.compile(regex);
    CompiledFormat format = CompiledFormat.of(replacement);
    return goingOn(
        s -> {
          EditableHeaders headers = s.headers();
          headers.rewrite(name, pattern, parts, m -> expand(format.print(s), m));
        });
  }

  private static CompiledAction rewriteRequest(
      String regex,
      LogFormat replacement,
      java.util.function.Function<EditableRequest, String> getter,
      java.util.function.BiConsumer<EditableRequest, String> setter) {
    Pattern pattern = Pattern.compile(regex);
    CompiledFormat format = CompiledFormat.of(replacement);
    return goingOn(
        s ->
            s.request()
                .ifPresent(
                    r -> {
                      Matcher matcher = pattern.matcher(getter.apply(r));
                      if (matcher.find()) {
                        setter.accept(r, expand(format.print(s), matcher));
                      }
                    }));
  }

  /** Puts the groups of a match in the place of {@code \1} and so on. */
  private static String expand(String text, Matcher matcher) {
    StringBuilder expanded = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        char next = text.charAt(++at);
        if (next >= '0' && next <= '9') {
          int group = next - '0';
          String value = group <= matcher.groupCount() ? matcher.group(group) : null;
          expanded.append(value == null ? "" : value);
        } else {
          expanded.append(next);
        }
      } else {
        expanded.append(c);
      }
    }
    return expanded.toString();
  }
}
