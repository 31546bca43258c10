package org.vipdrift.model.haproxy.sample;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.UserList;

/** The name and password of a request, RFC 7617's Basic scheme. */
record Credentials(String user, String password) {
  private static final String SCHEME = "basic ";

  /** What a request shows; empty if it shows nothing of this scheme. */
  static Optional<Credentials> of(EditableRequest request) {
    Optional<String> field = request.headers().first("authorization");
    if (field.isEmpty() || !field.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(field.get().substring(SCHEME.length()).strip());
      String text = new String(decoded, StandardCharsets.ISO_8859_1);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Looks users up, and remembers whose password was right: hashes are slow on purpose. */
  static final class Verifier {
    private static final int MOST_REMEMBERED = 1_024;

    private final Map<Credentials, Boolean> verdicts = new LinkedHashMap<>();

    /** The user of the list, if name and password are right. */
    Optional<UserList.User> find(Credentials shown, UserList list) {
      for (UserList.User user : list.users()) {
        if (user.name().equals(shown.user())) {
          return isRight(shown, user) ? Optional.of(user) : Optional.empty();
        }
      }
      return Optional.empty();
    }

    private boolean isRight(Credentials shown, UserList.User user) {
      if (!user.encrypted()) {
        return user.password().equals(shown.password());
      }
      Boolean known = verdicts.get(shown);
      if (known == null) {
        known = ShaCrypt.matches(shown.password(), user.password());
        if (verdicts.size() >= MOST_REMEMBERED) {
          verdicts.clear();
        }
        verdicts.put(shown, known);
      }
      return known;
    }
  }

  /** {@code http_auth(list)}: whether the request's user is in the list. */
  static CompiledSample isIn(List<String> arguments) {
    Verifier verifier = new Verifier();
    return context ->
        context.request().isEmpty()
            ? Sample.none()
            : Sample.of(verified(context, arguments, verifier).isPresent());
  }

  /** {@code http_auth_group(list)}: the groups of the request's user. */
  static CompiledSample groups(List<String> arguments) {
    Verifier verifier = new Verifier();
    return context ->
        verified(context, arguments, verifier).stream()
            .flatMap(user -> user.groups().stream())
            .<Sample>map(Sample.Text::new)
            .toList();
  }

  private static Optional<UserList.User> verified(
      SampleContext context, List<String> arguments, Verifier verifier) {
    return context
        .request()
        .flatMap(Credentials::of)
        .flatMap(
            shown ->
                context
                    .figures()
                    .userList(arguments.getFirst())
                    .flatMap(list -> verifier.find(shown, list)));
  }
}
