package io.castalia.streams.connect.file;

import io.castalia.streams.connect.Blocking;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.SinkPlugin;
import io.castalia.streams.connect.SinkWriter;
import io.castalia.streams.connect.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.Done;

/**
 * {@code file-sink}: the values of topics' records to files, each on a line of its own and each
 * once; a file for each partition, and another when it is full.
 */
public final class FileSink implements SinkPlugin {
  private static final ConfigKey<String> DIRECTORY =
      ConfigKey.text("directory", "where the files are; the same for all nodes");
  private static final ConfigKey<Integer> ROLL_BYTES =
      ConfigKey.count("roll.size.bytes", 1, "a file as long as this is followed by another")
          .withDefault(64 * 1024 * 1024);

  @Override
  public String type() {
    return "file-sink";
  }

  @Override
  public String description() {
    return "topics' records to files, line by line";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(DIRECTORY, ROLL_BYTES);
  }

  @Override
  public SinkWriter open(TaskContext task) {
    return new Writer(task);
  }

  private static final class Writer implements SinkWriter {
    private final TaskContext task;

    Writer(TaskContext task) {
      this.task = task;
    }

    @Override
    public CompletionStage<Done> write(List<ConsumerRecord<byte[], byte[]>> records) {
      return Blocking.run(task.system(), () -> append(records));
    }

    /**
     * Another task may have written a partition since, so where its files are is looked up for each
     * batch.
     */
    private Done append(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
      for (var part : byPartition(records).entrySet()) {
        try (RollingFile files =
            RollingFile.open(
                Path.of(task.config().get(DIRECTORY)),
                part.getKey(),
                task.config().get(ROLL_BYTES))) {
          files.append(part.getValue());
        }
      }
      return Done.getInstance();
    }

    private static Map<String, List<ConsumerRecord<byte[], byte[]>>> byPartition(
        List<ConsumerRecord<byte[], byte[]>> records) {
      Map<String, List<ConsumerRecord<byte[], byte[]>>> parts = new LinkedHashMap<>();
      for (ConsumerRecord<byte[], byte[]> each : records) {
        parts
            .computeIfAbsent(each.topic() + "-" + each.partition(), partition -> new ArrayList<>())
            .add(each);
      }
      return parts;
    }

    @Override
    public void close() {
      // Nothing is open between two batches.
    }
  }
}
