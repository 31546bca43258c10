package org.vipdrift.model.health;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.CheckExpectation;

/** Whether content, octets as characters, is what a check expects. */
final class ContentMatch {
  private ContentMatch() {}

  static boolean matches(String data, CheckExpectation expectation) {
    return switch (expectation) {
      case CheckExpectation.Text(String text) -> data.contains(text);
      case CheckExpectation.TextFormat format -> data.contains(ProbeSteps.text(format.text()));
      case CheckExpectation.Expression(String regex) -> Pattern.compile(regex).matcher(data).find();
      case CheckExpectation.Binary(Octets wanted) -> hex(data).contains(wanted.toHex());
      case CheckExpectation.BinaryFormat format ->
          hex(data).contains(Octets.ofHex(ProbeSteps.text(format.data())).toHex());
      case CheckExpectation.BinaryExpression(String regex) ->
          Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(hex(data)).find();
      case CheckExpectation.Status _,
          CheckExpectation.StatusExpression _,
          CheckExpectation.Header _ ->
          false;
    };
  }

  private static String hex(String data) {
    return Octets.adopt(data.getBytes(StandardCharsets.ISO_8859_1)).toHex();
  }
}
