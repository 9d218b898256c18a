package io.castalia.node.cli;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Counts what the node has acknowledged, and keeps the first failure. */
final class Publication implements Callback {
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception problem) {
    if (problem == null) {
      acknowledged.incrementAndGet();
    } else {
      failure.compareAndSet(null, problem);
    }
  }

  long acknowledged() {
    return acknowledged.get();
  }

  Optional<Exception> failure() {
    return Optional.ofNullable(failure.get());
  }
}
