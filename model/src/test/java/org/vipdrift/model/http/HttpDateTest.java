package org.vipdrift.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  @Test
  void theExampleOfRfc9110IsWritten() {
    assertThat(HttpDate.format(784_111_777_000_000_000L + 999_999_999))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void allThreeFormatsOfRfc9110AreRead() {
    assertThat(HttpDate.parseSeconds("Sun, 06 Nov 1994 08:49:37 GMT")).hasValue(784_111_777);
    assertThat(HttpDate.parseSeconds("Sunday, 06-Nov-94 08:49:37 GMT")).hasValue(784_111_777);
    assertThat(HttpDate.parseSeconds("Sun Nov  6 08:49:37 1994")).hasValue(784_111_777);
  }

  @Test
  void otherTextsAreNoDates() {
    for (String text :
        new String[] {"", "soon", "Sun, 06 Nov 1994", "31 Feb 2020 00:00:00", "1 1 1 1:1:99"}) {
      assertThat(HttpDate.parseSeconds(text)).as(text).isEmpty();
    }
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadBack(@ForAll @LongRange(min = 0, max = 9_000_000_000L) long seconds) {
    assertThat(HttpDate.parseSeconds(HttpDate.format(seconds * 1_000_000_000L))).hasValue(seconds);
  }
}
