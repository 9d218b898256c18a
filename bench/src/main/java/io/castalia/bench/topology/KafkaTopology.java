package io.castalia.bench.topology;

import io.castalia.bench.server.KafkaBroker;
import java.nio.file.Path;
import java.util.List;

/**
 * Kafka itself: a trial of the proof, which must hold for a broker whose process alone is killed.
 */
final class KafkaTopology implements Topology {

  private final KafkaBroker broker;

  KafkaTopology(Path directory, List<String> properties) {
    this.broker = new KafkaBroker(directory, false, properties);
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.NODE);
  }

  @Override
  public String bootstrap() {
    return broker.bootstrap();
  }

  @Override
  public void start() {
    broker.start();
  }

  @Override
  public void kill(Target target) {
    broker.process().kill();
  }

  @Override
  public void revive() {
    if (!broker.process().isAlive()) {
      broker.launch();
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
