package io.castalia.streams.connect.mirror;

import io.castalia.streams.connect.Blocking;
import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConfigPrefix;
import io.castalia.streams.connect.ConnectorConfig;
import io.castalia.streams.connect.SourcePlugin;
import io.castalia.streams.connect.SourceRecord;
import io.castalia.streams.connect.TaskContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * {@code mirror-source}: topics of another cluster to topics of this one, with keys, headers, times
 * and partitions as they are.
 */
public final class MirrorSource implements SourcePlugin {
  @Override
  public String type() {
    return "mirror-source";
  }

  @Override
  public String description() {
    return "topics of another cluster to topics of this one";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(MirrorKeys.BOOTSTRAP, CommonKeys.TOPICS, MirrorKeys.PREFIX);
  }

  @Override
  public List<ConfigPrefix> prefixes() {
    return List.of(MirrorKeys.CLIENT);
  }

  @Override
  public void check(ConnectorConfig config) {
    ClientProperties.CONSUMER.check(config);
  }

  /** One that has no partitions to read does no harm. */
  @Override
  public int tasks(ConnectorConfig config) {
    return config.get(CommonKeys.MAX_TASKS);
  }

  @Override
  public boolean reads(TaskContext task, String piece) {
    return RemoteReader.reads(task, piece);
  }

  @Override
  public Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions) {
    List<String> topics = task.config().get(CommonKeys.TOPICS);
    return Source.<List<SourceRecord>, RemoteReader>unfoldResourceAsync(
            () -> Blocking.run(task.system(), () -> new RemoteReader(task, topics, positions)),
            reader -> Blocking.run(task.system(), () -> Optional.of(reader.poll())),
            reader ->
                Blocking.run(
                    task.system(),
                    () -> {
                      reader.close();
                      return Done.getInstance();
                    }))
        .mapConcat(records -> records);
  }
}
