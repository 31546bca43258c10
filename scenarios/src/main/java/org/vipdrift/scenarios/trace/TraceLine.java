package org.vipdrift.scenarios.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;

/** The fields of one line of a trace file, with what is needed to complain about them. */
final class TraceLine {
  /** A field's value, which is a text, a whole number or a list of texts, and its column. */
  private record Field(Object value, int column) {}

  private static final JsonFactory FACTORY = new JsonFactory();

  private final String file;
  private final long number;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  private TraceLine(String file, long number) {
    this.file = file;
    this.number = number;
  }

  static TraceLine parse(String file, long number, String text) {
    TraceLine line = new TraceLine(file, number);
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw line.problem(1, "expected a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        int column = json.currentTokenLocation().getColumnNr();
        if (line.fields.put(name, new Field(line.value(json, column), column)) != null) {
          throw line.problem(column, "field " + name + " appears twice");
        }
      }
      if (json.nextToken() != null) {
        throw line.problem(
            json.currentTokenLocation().getColumnNr(), "expected the end of the line");
      }
    } catch (JsonProcessingException malformed) {
      int column = malformed.getLocation() == null ? 1 : malformed.getLocation().getColumnNr();
      throw line.problem(column, "not JSON: " + malformed.getOriginalMessage());
    } catch (IOException impossible) {
      throw line.problem(1, "not readable: " + impossible.getMessage());
    }
    return line;
  }

  private Object value(JsonParser json, int column) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case START_ARRAY -> {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
          texts.add(json.getText());
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
          throw problem(json.currentTokenLocation().getColumnNr(), "expected a list of texts");
        }
        yield List.copyOf(texts);
      }
      case null, default ->
          throw problem(column, "expected a text, a whole number or a list of texts");
    };
  }

  TraceFormatException problem(int column, String problem) {
    return new TraceFormatException(file, number, Math.max(1, column), problem);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) {
    return as(name, String.class, "a text");
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  long number(String name) {
    return as(name, Long.class, "a whole number");
  }

  int integer(String name) {
    long value = number(name);
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw problem(column(name), "field " + name + " is out of range: " + value);
    }
    return (int) value;
  }

  Duration nanoseconds(String name) {
    return Duration.ofNanos(number(name));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object element : as(name, List.class, "a list of texts")) {
      texts.add((String) element);
    }
    return List.copyOf(texts);
  }

  IpAddress address(String name) {
    return parsed(name, IpAddress::parse, "an IP address");
  }

  MacAddress mac(String name) {
    return parsed(name, MacAddress::parse, "a MAC address");
  }

  /** Whether it is {@code up} and not {@code down}. */
  boolean up(String name) {
    return parsed(
        name,
        text ->
            switch (text) {
              case "up" -> Optional.of(true);
              case "down" -> Optional.of(false);
              default -> Optional.empty();
            },
        "up or down");
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    return parsed(
        name,
        text -> {
          for (E constant : type.getEnumConstants()) {
            if (TraceFormat.word(constant).equals(text)) {
              return Optional.of(constant);
            }
          }
          return Optional.empty();
        },
        "a known " + type.getSimpleName().toLowerCase(Locale.ROOT));
  }

  int column(String name) {
    Field field = fields.get(name);
    return field == null ? 1 : field.column;
  }

  private <T> T parsed(String name, Function<String, Optional<T>> parser, String what) {
    String text = text(name);
    return parser
        .apply(text)
        .orElseThrow(
            () -> problem(column(name), "field " + name + " must be " + what + ", not " + text));
  }

  private <T> T as(String name, Class<T> type, String what) {
    Field field = fields.get(name);
    if (field == null) {
      throw problem(1, "field " + name + " is missing");
    }
    if (!type.isInstance(field.value)) {
      throw problem(field.column, "field " + name + " must be " + what);
    }
    return type.cast(field.value);
  }
}
