package io.castalia.streams.processing;

import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.WindowStore;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** What a {@link Processor} may use and do. Stores may be kept and used while it is called. */
public interface ProcessorContext<KO, VO> {

  /** Passes a record on to what is behind the processor. */
  void forward(StreamRecord<? extends KO, ? extends VO> record);

  /** A store by key that the processor was given. */
  <K, V> KeyValueStore<K, V> keyValueStore(StoreSpec<K, V> store);

  /** A store by window that the processor was given. */
  <K, V> WindowStore<K, V> windowStore(StoreSpec<K, V> store);

  /**
   * Has a punctuator called whenever time passes a multiple of the interval since the epoch; once
   * where it passes several.
   *
   * @param interval at least a millisecond
   */
  void schedule(Duration interval, PunctuationType type, Punctuator punctuator);

  /** The highest event time that the task has seen, in milliseconds since the epoch. */
  long currentStreamTimeMs();

  /** Wall-clock time in milliseconds since the epoch. */
  long currentSystemTimeMs();

  /** Where the record comes from that is worked on; not there in punctuations by clock. */
  TopicPartition source();

  /** Its offset. */
  long offset();
}
