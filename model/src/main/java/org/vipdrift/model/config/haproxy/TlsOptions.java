package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.TlsVersion;
import org.vipdrift.model.haproxy.settings.TlsVersions;

/** Reads the options that limit TLS versions, in all the places that have them. */
final class TlsOptions {
  private static final List<String> NAMES =
      List.of("sslv3", "tlsv10", "tlsv11", "tlsv12", "tlsv13");
  private static final List<String> TITLES =
      List.of("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private final Reading reading;
  private Optional<TlsVersion> minimum;
  private Optional<TlsVersion> maximum;

  TlsOptions(Reading reading, TlsVersions before) {
    this.reading = reading;
    this.minimum = before.minimum();
    this.maximum = before.maximum();
  }

  /** How many words were taken: 0 if the word is none of these, -1 if it is wrong. */
  int read(Line line, int index) {
    String word = line.text(index);
    if (word.startsWith("force-") && NAMES.contains(word.substring(6))) {
      TlsVersion only = TlsVersion.values()[NAMES.indexOf(word.substring(6))];
      minimum = Optional.of(only);
      maximum = Optional.of(only);
      return 1;
    }
    if (word.startsWith("no-") && NAMES.contains(word.substring(3))) {
      exclude(NAMES.indexOf(word.substring(3)));
      return 1;
    }
    if (word.equals("ssl-min-ver") || word.equals("ssl-max-ver")) {
      int version = TITLES.indexOf(line.text(index + 1));
      if (version < 0) {
        reading.log.error(
            "unknown-tls-version",
            "unknown TLS version \"" + line.text(index + 1) + "\"",
            line.span(index + 1),
            Optional.of("one of " + String.join(", ", TITLES)));
        return -1;
      }
      Optional<TlsVersion> value = Optional.of(TlsVersion.values()[version]);
      if (word.equals("ssl-min-ver")) {
        minimum = value;
      } else {
        maximum = value;
      }
      return 2;
    }
    return 0;
  }

  /** Versions left out at an end narrow the range. */
  private void exclude(int version) {
    int lowest = minimum.map(Enum::ordinal).orElse(0);
    int highest = maximum.map(Enum::ordinal).orElse(NAMES.size() - 1);
    if (version == lowest && lowest < highest) {
      minimum = Optional.of(TlsVersion.values()[lowest + 1]);
    } else if (version == highest && lowest < highest) {
      maximum = Optional.of(TlsVersion.values()[highest - 1]);
    }
  }

  TlsVersions versions() {
    return new TlsVersions(minimum, maximum);
  }
}
