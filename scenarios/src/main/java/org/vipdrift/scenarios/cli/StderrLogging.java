package org.vipdrift.scenarios.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import org.slf4j.Logger;

/**
 * How the program's own diagnostics are logged: results go to standard output, what goes wrong
 * inside goes to standard error, from WARN up, as {@code LEVEL Class: message}. Logback finds this
 * class through {@code META-INF/services}.
 *
 * <p>Written in Java and not as a {@code logback.xml}, because reading XML makes a node load some
 * 650 classes more: 5 MiB that stay, and a later start. The system property {@code
 * logback.configurationFile} works as ever: where it is set, the file that it names is read
 * instead.
 */
public final class StderrLogging extends ContextAwareBase implements Configurator {

  private static final String CONFIGURATION_FILE = "logback.configurationFile";

  /** For logback, which makes it by reflection. */
  public StderrLogging() {}

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    if (System.getProperty(CONFIGURATION_FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    loggers.getStatusManager().add(new NopStatusListener());

    Line line = new Line();
    line.setContext(loggers);
    line.start();

    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(loggers);
    encoder.setLayout(line);
    encoder.start();

    ConsoleAppender<ILoggingEvent> standardError = new ConsoleAppender<>();
    standardError.setContext(loggers);
    standardError.setName("stderr");
    standardError.setTarget(ConsoleTarget.SystemErr.getName());
    standardError.setEncoder(encoder);
    standardError.start();

    ch.qos.logback.classic.Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(standardError);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** A line for each event, and the stack trace of what was thrown. */
  private static final class Line extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
      String logger = event.getLoggerName();
      String line =
          "%s %s: %s%n"
              .formatted(
                  event.getLevel(),
                  logger.substring(logger.lastIndexOf('.') + 1),
                  event.getFormattedMessage());
      IThrowableProxy thrown = event.getThrowableProxy();
      return thrown == null ? line : line + ThrowableProxyUtil.asString(thrown);
    }
  }
}
