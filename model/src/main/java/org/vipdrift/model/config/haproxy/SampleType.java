package org.vipdrift.model.config.haproxy;

import java.util.Locale;

/** The type of a sample. */
enum SampleType {
  ANY,
  BOOL,
  SINT,
  ADDR,
  IPV4,
  IPV6,
  STR,
  BIN,
  METH;

  static SampleType of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Whether a converter that takes the other type can be applied to this one. */
  boolean convertsTo(SampleType other) {
    return switch (this) {
      case ANY -> true;
      case BOOL -> other != ADDR && other != IPV4 && other != IPV6 && other != METH;
      case SINT -> other != METH && other != ADDR;
      case ADDR, IPV4, IPV6 -> other != BOOL && other != METH && (other != SINT || this != IPV6);
      case STR -> true;
      case BIN -> other == ANY || other == STR || other == BIN || other == SINT;
      case METH -> other == ANY || other == STR || other == BIN || other == METH;
    };
  }
}
