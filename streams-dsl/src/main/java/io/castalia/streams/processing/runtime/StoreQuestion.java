package io.castalia.streams.processing.runtime;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.processing.internal.WindowedSerde;
import io.castalia.streams.processing.state.StoreKind;
import org.apache.kafka.common.serialization.Serde;
import org.apache.pekko.util.ByteString;

/** What is asked of a store. */
sealed interface StoreQuestion {
  /** Times in milliseconds since the epoch, both inside. */
  record Span(long from, long to) {}

  String store();

  /** How the asker takes the store's entries to be found; another store's are not told. */
  StoreKind kind();

  /**
   * Whose question it is.
   *
   * @param tasks how many have a part of the store
   * @return from 0; as many as there are or more if it is nobody's
   */
  int task(int tasks);

  /**
   * What it has for a key; answered with {@link TaskReply.ValuesTold}.
   *
   * @param key as the store writes it
   * @param partitionBytes how many of its first bytes decide whose it is
   * @param from time of the first entry wanted, where entries have times
   * @param to time of the last one
   */
  record OfKey(StoreKind kind, String store, ByteString key, int partitionBytes, long from, long to)
      implements StoreQuestion {
    static OfKey always(StoreKind kind, String store, ByteString key, Serde<?> keys) {
      return between(kind, store, key, keys, new Span(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    static OfKey between(StoreKind kind, String store, ByteString key, Serde<?> keys, Span span) {
      int partitionBytes = WindowedSerde.partitionKey(keys, key).length();
      return new OfKey(kind, store, key, partitionBytes, span.from(), span.to());
    }

    @Override
    public int task(int tasks) {
      return CastaliaClient.partitionOf(key.take(partitionBytes).toArray(), tasks);
    }
  }

  /**
   * What a task has of it, from a key on, as much as fits into a message; answered with {@link
   * TaskReply.EntriesTold}, or with {@link TaskReply.NoSuchTask}.
   *
   * @param number of the task, from 0
   * @param from the first key; empty for the very first
   */
  record OfTask(String store, int number, ByteString from) implements StoreQuestion {
    @Override
    public StoreKind kind() {
      return StoreKind.KEY_VALUE;
    }

    @Override
    public int task(int tasks) {
      return number;
    }
  }
}
