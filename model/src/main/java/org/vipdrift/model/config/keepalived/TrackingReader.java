package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code track_*} blocks of instances and sync groups. */
final class TrackingReader {
  private final Values values;
  private final Interfaces interfaces;
  private final Map<String, VrrpScript> scripts;
  private final Map<String, TrackFile> files;
  private final Map<String, TrackProcess> processes;
  private final Map<String, Statement> bfds;
  private final Map<String, List<TrackEntry>> entries = new LinkedHashMap<>();

  /** Only objects that were defined before can be tracked, as in keepalived 2.2.7. */
  TrackingReader(Values values, Interfaces interfaces, Definables known) {
    this.values = values;
    this.interfaces = interfaces;
    this.scripts = known.scripts;
    this.files = known.files;
    this.processes = known.processes;
    this.bfds = known.bfds;
  }

  Tracking finish() {
    return new Tracking(
        of("track_interface"),
        of("track_script"),
        of("track_file"),
        of("track_process"),
        of("track_bfd"));
  }

  List<TrackEntry> of(String block) {
    return entries.computeIfAbsent(block, _ -> new ArrayList<>());
  }

  void read(Statement block) {
    block.block().forEach(line -> line(block.keyword(), line));
  }

  private record Defaults(int weight, boolean reverse, int most) {}

  private void line(String block, Statement line) {
    String name = line.keyword();
    Optional<Defaults> defaults = defaults(block, line.word(0));
    if (defaults.isEmpty()) {
      values
          .log()
          .warning(
              "tracked-object-missing",
              block + ": '" + name + "' is not defined before this line; it is ignored",
              line.span(),
              org.vipdrift.model.config.Suggestions.didYouMean(name, names(block)));
      return;
    }
    List<TrackEntry> found = of(block);
    if (found.stream().anyMatch(e -> e.name().equals(name))) {
      values
          .log()
          .warning(
              "duplicate-track-entry", block + ": '" + name + "' is already there", line.span());
      return;
    }
    Defaults d = defaults.get();
    Weight weight = new Weight(d.weight(), d.reverse());
    if (line.parameters() > 0) {
      Word option = line.word(1);
      if (option.text().equals("weight")) {
        List<String> no = block.equals("track_interface") ? List.of() : List.of("noreverse");
        weight = Weight.inLine(line, values, d.most(), d.reverse(), no).orElse(weight);
      } else {
        values
            .log()
            .warning(
                "unknown-option",
                "'"
                    + option.text()
                    + "' is no option of "
                    + block
                    + "; "
                    + name
                    + " is not tracked",
                option.span());
        return;
      }
    }
    found.add(new TrackEntry(name, weight.value(), weight.reverse(), line.span()));
  }

  private Optional<Defaults> defaults(String block, Word name) {
    return switch (block) {
      case "track_interface" -> {
        interfaces.mustExist(name);
        yield Optional.of(new Defaults(0, false, 253));
      }
      case "track_script" ->
          Optional.ofNullable(scripts.get(name.text()))
              .map(s -> new Defaults(s.weight(), s.reverse(), 253));
      case "track_file" ->
          Optional.ofNullable(files.get(name.text()))
              .map(f -> new Defaults(f.weight(), f.reverse(), 254));
      case "track_process" ->
          Optional.ofNullable(processes.get(name.text()))
              .map(p -> new Defaults(p.weight(), p.reverse(), 254));
      default -> Optional.ofNullable(bfds.get(name.text())).map(_ -> new Defaults(0, false, 253));
    };
  }

  private List<String> names(String block) {
    return switch (block) {
      case "track_script" -> List.copyOf(scripts.keySet());
      case "track_file" -> List.copyOf(files.keySet());
      case "track_process" -> List.copyOf(processes.keySet());
      default -> List.copyOf(bfds.keySet());
    };
  }
}
