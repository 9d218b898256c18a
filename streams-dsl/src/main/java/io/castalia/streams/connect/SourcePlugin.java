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
   * Whether a task reads a piece, by its name in positions. While the last records of a piece
   * cannot be published, only those wait that read it; the pieces of earlier configurations are
   * asked for, too.
   */
  default boolean reads(TaskContext task, String piece) {
    return true;
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
