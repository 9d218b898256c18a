package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.TopicNameExtractor;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.List;
import java.util.function.Supplier;

/** A node of a topology's graph. Ids grow along the edges. */
public sealed interface Node {
  int id();

  String name();

  /** Ids of the nodes whose records come here. */
  List<Integer> parents();

  /** The stores that it uses. */
  default List<StoreSpec<?, ?>> stores() {
    return List.of();
  }

  /**
   * Reads a topic.
   *
   * @param everywhere whether each task reads all partitions, and not the one that is its own
   */
  record Source(int id, String name, TopicRef topic, SourceCodec<?, ?> codec, boolean everywhere)
      implements Node {
    @Override
    public List<Integer> parents() {
      return List.of();
    }
  }

  /** Works on records; each task makes an operator of its own. */
  record Step(
      int id,
      String name,
      List<Integer> parents,
      List<StoreSpec<?, ?>> stores,
      Supplier<? extends Operator<?, ?, ?, ?>> operator)
      implements Node {
    public Step {
      parents = List.copyOf(parents);
      stores = List.copyOf(stores);
    }
  }

  /** Writes the topics that are named for the records. */
  record Router(
      int id,
      String name,
      List<Integer> parents,
      TopicNameExtractor<?, ?> topics,
      SinkCodec<?, ?> codec)
      implements Node {
    public Router {
      parents = List.copyOf(parents);
    }
  }

  /** Writes a topic. */
  record Sink(int id, String name, List<Integer> parents, TopicRef topic, SinkCodec<?, ?> codec)
      implements Node {
    public Sink {
      parents = List.copyOf(parents);
    }
  }
}
