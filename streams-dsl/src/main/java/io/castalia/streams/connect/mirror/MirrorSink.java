package io.castalia.streams.connect.mirror;

import io.castalia.streams.connect.Blocking;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConfigPrefix;
import io.castalia.streams.connect.ConnectorConfig;
import io.castalia.streams.connect.SinkPlugin;
import io.castalia.streams.connect.SinkWriter;
import io.castalia.streams.connect.TaskContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.pekko.Done;

/**
 * {@code mirror-sink}: topics of this cluster to topics of another, with keys, headers, times and
 * partitions as they are. A header tells where a record comes from, by which one that is there
 * twice after a crash is known.
 */
public final class MirrorSink implements SinkPlugin {
  /** Topic, partition and offset of the record that this one is a copy of. */
  public static final String ORIGIN = "castalia.origin";

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  @Override
  public String type() {
    return "mirror-sink";
  }

  @Override
  public String description() {
    return "topics of this cluster to topics of another";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(MirrorKeys.BOOTSTRAP, MirrorKeys.PREFIX);
  }

  @Override
  public List<ConfigPrefix> prefixes() {
    return List.of(MirrorKeys.CLIENT);
  }

  @Override
  public void check(ConnectorConfig config) {
    ClientProperties.PRODUCER.check(config);
  }

  @Override
  public SinkWriter open(TaskContext task) {
    return new Writer(task);
  }

  private static final class Writer implements SinkWriter {
    private final TaskContext task;
    private final KafkaProducer<byte[], byte[]> producer;

    Writer(TaskContext task) {
      this.task = task;
      this.producer =
          new KafkaProducer<>(
              ClientProperties.PRODUCER.of(task.config(), task.id()),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      OtherCluster.watch(task, producer::metrics);
    }

    @Override
    public CompletionStage<Done> write(List<ConsumerRecord<byte[], byte[]>> records) {
      return Blocking.run(task.system(), () -> send(records));
    }

    private Done send(List<ConsumerRecord<byte[], byte[]>> records)
        throws ExecutionException, InterruptedException {
      List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> each : records) {
        acknowledgements.add(producer.send(copy(each)));
      }
      for (Future<RecordMetadata> each : acknowledgements) {
        each.get();
      }
      return Done.getInstance();
    }

    private ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
      String origin = "%s-%s-%s".formatted(record.topic(), record.partition(), record.offset());
      RecordHeaders headers = new RecordHeaders(record.headers());
      headers.add(ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
      return new ProducerRecord<>(
          task.config().get(MirrorKeys.PREFIX) + record.topic(),
          record.partition(),
          record.timestamp() < 0 ? null : record.timestamp(),
          record.key(),
          record.value(),
          headers);
    }

    @Override
    public void close() {
      producer.close(CLOSE_PATIENCE);
    }
  }
}
