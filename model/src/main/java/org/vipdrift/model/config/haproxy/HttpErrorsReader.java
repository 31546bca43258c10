package org.vipdrift.model.config.haproxy;

import java.util.List;

/** Reads an {@code http-errors} section. */
final class HttpErrorsReader implements SmallSection {
  private final Reading reading;
  private final ProxyDraft holder;

  HttpErrorsReader(Reading reading, Line line) {
    this.reading = reading;
    this.holder = new ProxyDraft(ProxyDraft.Kind.DEFAULTS, line.text(1), line.span());
  }

  @Override
  public void line(Line line) {
    if (line.is(0, "errorfile")) {
      new ErrorFileReader(reading, holder).read(line);
    } else {
      SmallSection.unknown(reading, line, "http-errors", List.of("errorfile"));
    }
  }

  @Override
  public void end() {
    reading.sections.httpErrors.putIfAbsent(holder.name, holder.errorFiles);
  }
}
