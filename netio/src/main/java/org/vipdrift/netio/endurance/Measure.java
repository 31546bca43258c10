package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.util.List;

/** Something to measure, on hosts of its own that it removes. */
@FunctionalInterface
interface Measure {
  List<Result> run() throws IOException, InterruptedException;
}
