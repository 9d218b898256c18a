package io.castalia.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records as Kafka's {@code ProducerPerformance} sends them, as fast as it can, with {@code
 * acks=all}.
 *
 * @param recordBytes the size of a record; where there is text, its mean size
 * @param partitions of the topic
 * @param producer configuration of the producer, beside acks
 * @param text a file with one record a line, of which the tool picks at random; none: random bytes
 */
record ProduceLoad(
    int recordBytes, int partitions, Map<String, String> producer, Optional<Path> text) {

  ProduceLoad {
    producer = Map.copyOf(producer);
  }

  static ProduceLoad ofBytes(int recordBytes, int partitions, Map<String, String> producer) {
    return new ProduceLoad(recordBytes, partitions, producer, Optional.empty());
  }

  /** What {@code ProducerPerformance} is to do, but for the server, the topic and the count. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (text.isPresent()) {
      arguments.addAll(List.of("--payload-file", text.get().toString()));
    } else {
      arguments.addAll(List.of("--record-size", Integer.toString(recordBytes)));
    }
    arguments.addAll(List.of("--throughput", "-1", "--command-property", "acks=all"));
    new TreeMap<>(producer).forEach((key, value) -> arguments.add(key + "=" + value));
    return arguments;
  }
}
