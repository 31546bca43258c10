package org.vipdrift.scenarios.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

class TraceFormatTest {
  private static final TraceHeader HEADER = new TraceHeader("nginx-pair", 1, "0.1.0", "sim");

  static Stream<Class<?>> sorts() {
    return Stream.of(TraceDetail.class.getPermittedSubclasses());
  }

  /** An example with each field filled, or, where it may be, empty; enums go through all values. */
  private static List<TraceDetail> examples(Class<?> sort) throws ReflectiveOperationException {
    List<TraceDetail> examples = new ArrayList<>();
    RecordComponent[] components = sort.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    for (int variant = 0; variant < 12; variant++) {
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        values[i] = value(components[i].getGenericType(), components[i].getName(), variant);
      }
      examples.add((TraceDetail) sort.getDeclaredConstructor(types).newInstance(values));
    }
    return examples;
  }

  private static Object value(Type type, String name, int variant) {
    if (type instanceof ParameterizedType generic) {
      Object inner = value(generic.getActualTypeArguments()[0], name, variant);
      if (generic.getRawType() == Optional.class) {
        return variant % 2 == 0 ? Optional.of(inner) : Optional.empty();
      }
      return variant % 2 == 0 ? List.of(inner, "-x \"y\"") : List.of();
    }
    if (type == String.class) {
      return variant % 3 == 2 ? "" : name + " \"脑裂\" \\ \u0001\n\u2028" + variant;
    }
    if (type == int.class || type == Integer.class) {
      return variant * 20;
    }
    if (type == boolean.class) {
      return variant % 2 == 0;
    }
    if (type == Duration.class) {
      return Duration.ofNanos(variant * 1_234_567_890_123L);
    }
    if (type == IpAddress.class) {
      return IpAddress.parse(variant % 2 == 0 ? "20.0.0.100" : "fe80::1").orElseThrow();
    }
    if (type == MacAddress.class) {
      return new MacAddress(0x0000_5e00_0133L + variant);
    }
    if (type instanceof Class<?> constants && constants.isEnum()) {
      Object[] all = constants.getEnumConstants();
      return all[variant % all.length];
    }
    throw new AssertionError("no example for " + type);
  }

  @ParameterizedTest
  @MethodSource("sorts")
  void everySortOfEventIsReadBackAsItWasWritten(Class<?> sort) throws ReflectiveOperationException {
    long id = 0;
    for (TraceDetail detail : examples(sort)) {
      id++;
      TraceEvent event =
          new TraceEvent(id, id - 1, id * 1_000_000_007L, id % 2 == 0 ? "" : "nginx1", detail);
      String line = new String(TraceFormat.line(event), StandardCharsets.UTF_8);
      assertThat(line).endsWith("\n").contains("\"kind\":\"" + detail.kind() + "\"");
      assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
      assertThat(TraceReader.event("t", 2, line)).isEqualTo(event);
    }
  }

  @Test
  void anEventIsOneReadableLine() {
    TraceEvent event =
        new TraceEvent(
            7,
            5,
            3_600_000_000L,
            "nginx1",
            new TraceDetail.VipAdded(
                "ens33", IpAddress.parse("20.0.0.100").orElseThrow(), 24, "keepalived"));
    assertThat(new String(TraceFormat.line(event), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"id\":7,\"cause\":5,\"t\":3600000000,\"host\":\"nginx1\",\"kind\":\"vip.added\","
                + "\"interface\":\"ens33\",\"vip\":\"20.0.0.100\",\"prefix\":24,"
                + "\"by\":\"keepalived\"}\n");
  }

  @Test
  void theHeaderIsReadBackAsItWasWritten() throws IOException {
    try (TraceReader reader = reader("")) {
      assertThat(reader.header()).isEqualTo(HEADER);
      assertThat(reader.next()).isEmpty();
    }
  }

  static TraceReader reader(String lines) throws IOException {
    String text = new String(TraceFormat.header(HEADER), StandardCharsets.UTF_8) + lines;
    return TraceReader.open("trace.jsonl", new BufferedReader(new StringReader(text)));
  }

  @Nested
  class Complaints {
    private void complains(String line, String complaint) throws IOException {
      try (TraceReader reader = reader(line)) {
        assertThatThrownBy(reader::next)
            .isInstanceOf(TraceFormatException.class)
            .hasMessageStartingWith("trace.jsonl:2:")
            .hasMessageContaining(complaint);
      }
    }

    @Test
    void nameFileLineAndColumn() throws IOException {
      try (TraceReader reader = reader("{\"id\":1,\"t\":0,\"kind\":\"linc\"}\n")) {
        assertThatThrownBy(reader::next).hasMessage("trace.jsonl:2:22: unknown kind linc");
      }
    }

    @Test
    void sayWhatWasExpected() throws IOException {
      complains("{\"id\":1", "not JSON");
      complains("[]", "expected a JSON object");
      complains("{} {}", "expected the end of the line");
      complains("\n", "expected a JSON object");
      complains("{\"id\":1.5}", "expected a text, a whole number or a list of texts");
      complains("{\"id\":99999999999999999999}", "not JSON");
      complains("{\"id\":1,\"id\":2}", "field id appears twice");
      complains("{\"id\":1,\"t\":0}", "field kind is missing");
      complains("{\"id\":\"1\",\"t\":0,\"kind\":\"log\"}", "field id must be a whole number");
      complains(
          "{\"id\":1,\"t\":0,\"kind\":\"link\",\"interface\":\"e\",\"state\":\"sideways\"}",
          "field state must be up or down, not sideways");
      complains(
          "{\"id\":1,\"t\":0,\"kind\":\"garp\",\"interface\":\"e\",\"vip\":\"20.0.0.256\"}",
          "field vip must be an IP address, not 20.0.0.256");
    }

    @Test
    void areMadeOfFilesOfAnotherSchemaAndOfEmptyOnes() {
      assertThatThrownBy(
              () ->
                  TraceReader.open("x", new BufferedReader(new StringReader("{\"schema\":99}\n"))))
          .hasMessage("x:1:11: schema 99 is not known; this program reads 1");
      assertThatThrownBy(() -> TraceReader.open("x", new BufferedReader(new StringReader(""))))
          .hasMessage("x:1:1: expected a header line, the file is empty");
    }
  }

  @Nested
  class Differences {
    private static final String ONE =
        "{\"id\":1,\"t\":0,\"kind\":\"link\",\"interface\":\"a\",\"state\":\"up\"}\n";
    private static final String TWO =
        "{\"id\":2,\"t\":9,\"kind\":\"link\",\"interface\":\"a\",\"state\":\"down\"}\n";

    @Test
    void areNoneBetweenEqualTraces() throws IOException {
      assertThat(TraceDiff.first(reader(ONE + TWO), reader(ONE + TWO))).isEmpty();
    }

    @Test
    void areFoundAtTheFirstEventThatDiffers() throws IOException {
      TraceDiff.Divergence divergence =
          TraceDiff.first(reader(ONE + TWO), reader(ONE + TWO.replace("\"t\":9", "\"t\":8")))
              .orElseThrow();
      assertThat(divergence.line()).isEqualTo(3);
      assertThat(divergence.left().orElseThrow().atNanos()).isEqualTo(9);
      assertThat(divergence.right().orElseThrow().atNanos()).isEqualTo(8);
      assertThat(divergence.last().orElseThrow().id()).isEqualTo(1);
    }

    @Test
    void areFoundWhereOneEndsEarly() throws IOException {
      assertThat(TraceDiff.first(reader(ONE), reader(ONE + TWO)).orElseThrow().left()).isEmpty();
    }
  }
}
