package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;

class StderrLoggingTest {

  @Test
  @ResourceLock(Resources.SYSTEM_ERR)
  void warningsAndErrorsGoToStandardErrorWithWhatWasThrown() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      LoggerContext loggers = new LoggerContext();
      loggers.setMDCAdapter(new LogbackMDCAdapter());
      new ContextInitializer(loggers).autoConfig();
      Logger logger = loggers.getLogger("org.vipdrift.some.Part");
      logger.info("all is well");
      logger.warn("lost {} frames", 3);
      logger.error("gave up", new IllegalStateException("no address"));
      loggers.stop();
    } finally {
      System.setErr(before);
    }

    assertThat(written.toString(StandardCharsets.UTF_8).lines().toList())
        .startsWith(
            "WARN Part: lost 3 frames",
            "ERROR Part: gave up",
            "java.lang.IllegalStateException: no address")
        .anyMatch(line -> line.contains("at org.vipdrift.scenarios.cli.StderrLoggingTest"))
        .noneMatch(line -> line.contains("all is well"));
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void aConfigurationFileThatIsNamedComesFirst() {
    LoggerContext loggers = new LoggerContext();
    StderrLogging logging = new StderrLogging();
    logging.setContext(loggers);
    System.setProperty("logback.configurationFile", "some.xml");
    try {
      assertThat(logging.configure(loggers)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    } finally {
      System.clearProperty("logback.configurationFile");
    }
    assertThat(loggers.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().hasNext())
        .isFalse();
  }
}
