package org.vipdrift.netio.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.netio.link.NetworkNamespace;

/**
 * Gives commands to {@code nft}, in order, on a thread of its own in a network namespace: all that
 * wait in one call, which the kernel carries out whole or not at all.
 */
final class NftProgram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NftProgram.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String END = "";

  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;

  private NftProgram(NetworkNamespace namespace) {
    this.thread = namespace.newThread("packet-filter", this::work);
  }

  static NftProgram start(NetworkNamespace namespace) {
    NftProgram program = new NftProgram(namespace);
    program.thread.start();
    return program;
  }

  /** Has commands carried out soon, after all that were given before. */
  void carryOut(String commands) {
    waiting.add(commands);
  }

  private void work() {
    List<String> batch = new ArrayList<>();
    try {
      while (!batch.contains(END)) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch);
        run(String.join("\n", batch) + "\n");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String commands) throws InterruptedException {
    if (commands.isBlank()) {
      return;
    }
    try {
      Process nft = new ProcessBuilder("nft", "-f", "-").redirectErrorStream(true).start();
      try (var input = nft.getOutputStream()) {
        input.write(commands.getBytes(StandardCharsets.US_ASCII));
      }
      String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!nft.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        nft.destroyForcibly();
        LOG.error("nft has not ended within {}: {}", PATIENCE, commands.strip());
      } else if (nft.exitValue() != 0) {
        LOG.error("nft refused, traffic is not as configured: {}: {}", said, commands.strip());
      }
    } catch (IOException e) {
      LOG.error("Cannot run nft (package nftables), traffic is not as configured", e);
    }
  }

  /** Carries out what was given, and ends; waits for it, five seconds at most. */
  @Override
  public void close() {
    waiting.add(END);
    try {
      if (!thread.join(PATIENCE)) {
        LOG.error("nft is still busy {} after the end", PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
