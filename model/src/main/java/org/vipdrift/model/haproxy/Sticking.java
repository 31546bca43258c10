package org.vipdrift.model.haproxy;

import java.util.Optional;
import org.vipdrift.model.haproxy.sample.CompiledCondition;
import org.vipdrift.model.haproxy.sample.CompiledSample;
import org.vipdrift.model.haproxy.sample.Sample;
import org.vipdrift.model.haproxy.sample.SampleCompiler;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.StickRule;

/** A {@code stick} line: finds the server of a client again, and remembers it. */
final class Sticking {
  private final StickRule settings;
  private final CompiledSample sample;
  private final CompiledCondition condition;

  Sticking(StickRule settings) {
    this.settings = settings;
    this.sample = SampleCompiler.compile(settings.sample());
    this.condition = CompiledCondition.of(settings.condition());
  }

  /** Assigns the server that is remembered, unless another way chose one. */
  void match(Stream stream) {
    if (!settings.match() || stream.assigned || stream.ignorePersist || !condition.holds(stream)) {
      return;
    }
    Optional<Sample> key = sample.value(stream);
    Optional<StickTable.Entry> entry =
        key.flatMap(
            k -> stream.process.stickTable(settings.table()).flatMap(t -> t.find(k, stream.now())));
    if (entry.isEmpty() || entry.get().server == null) {
      return;
    }
    Server remembered = entry.get().server;
    Backend backend = stream.requireBackend();
    if (remembered.backend != backend) {
      return;
    }
    if (remembered.load().snapshot().acceptsPersistent()
        || stream.forcePersist
        || backend.proxy.options().has(ProxyOption.PERSIST)) {
      stream.server = remembered;
      stream.direct = true;
      stream.assigned = true;
    }
  }

  /** Remembers the server. */
  void store(Stream stream) {
    Server server = stream.server;
    if (!settings.store()
        || server == null
        || server.settings.nonStick()
        || stream.ignorePersist
        || !condition.holds(stream)) {
      return;
    }
    sample
        .value(stream)
        .flatMap(
            k ->
                stream.process.stickTable(settings.table()).flatMap(t -> t.obtain(k, stream.now())))
        .ifPresent(entry -> entry.server = server);
  }
}
