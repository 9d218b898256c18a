package io.castalia.streams.processing;

import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.SessionStore;
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

  /** A store by session that the processor was given. */
  <K, V> SessionStore<K, V> sessionStore(StoreSpec<K, V> store);

  /**
   * Has a punctuator called whenever time passes a multiple of the interval since the epoch; once
   * where it passes several. What it forwards and changes happens together, or not at all if it
   * throws, and may be 8 MiB.
   *
   * @param interval at least a millisecond
   */
  Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator);

  /**
   * The same for each entry of a store, in the order of the keys' bytes, however many there are:
   * what is forwarded and changed happens together for an entry, and not for all of them. No record
   * is worked on before all entries have been visited. They are visited as they are then; entries
   * that come in the middle may be.
   *
   * @param interval at least a millisecond
   * @param store by key, which the processor was given
   */
  <K, V> Cancellable scheduleForEach(
      Duration interval,
      PunctuationType type,
      StoreSpec<K, V> store,
      EntryPunctuator<? super K, ? super V> punctuator);

  /** The highest event time that the task has seen, in milliseconds since the epoch. */
  long currentStreamTimeMs();

  /** Wall-clock time in milliseconds since the epoch. */
  long currentSystemTimeMs();

  /**
   * Where the record comes from that is worked on.
   *
   * @throws IllegalStateException if there is none: in punctuations, and for what comes of windows
   *     that close
   */
  TopicPartition source();

  /**
   * Its offset.
   *
   * @throws IllegalStateException as {@link #source}
   */
  long offset();
}
