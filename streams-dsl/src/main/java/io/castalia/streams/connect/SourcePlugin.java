package io.castalia.streams.connect;

import java.util.Map;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** A kind of connector that brings records into topics. */
public non-sealed interface SourcePlugin extends ConnectorPlugin {

  /**
   * How many tasks there is work for: no more than this and {@code tasks.max} are run.
   *
   * @param config as checked
   */
  default int tasks(ConnectorConfig config) {
    return 1;
  }

  /**
   * What a task reads: from where its positions say, in order, for ever or until there is no more.
   * A failure of the source is tried again after a pause.
   *
   * @param positions what was durable in topics when the task last ran, by {@link
   *     SourceRecord.Position#of}
   */
  Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions);
}
