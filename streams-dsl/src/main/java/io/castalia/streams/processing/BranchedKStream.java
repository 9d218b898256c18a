package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A stream that is being distributed over branches. A record goes to the first branch whose
 * predicate says true; without such a branch it goes to the default branch, or nowhere.
 */
public final class BranchedKStream<K, V> {
  private final List<BiPredicate<? super K, ? super V>> predicates = new ArrayList<>();
  private final Map<String, KStream<K, V>> branches = new LinkedHashMap<>();
  private final Flow<K, V> split;

  BranchedKStream(Flow<K, V> flow) {
    Operator<K, V, K, V> distribute =
        (record, context) -> {
          for (int branch = 0; branch < predicates.size(); branch++) {
            if (predicates.get(branch).test(record.key(), record.value())) {
              context.forwardTo(branch, record);
              return;
            }
          }
        };
    this.split = flow.then("split", () -> distribute);
  }

  /** One more branch, under a name. */
  public BranchedKStream<K, V> branch(String name, BiPredicate<? super K, ? super V> predicate) {
    if (branches.containsKey(name)) {
      throw new TopologyException(
          "expected branches with different names, but two are called \"%s\"".formatted(name));
    }
    Operator<K, V, K, V> pass = (record, context) -> context.forward(record);
    predicates.add(predicate);
    branches.put(name, new KStream<>(split.then("branch", () -> pass)));
    return this;
  }

  /** The last branch, for all records that have gone to no other; gives back all by name. */
  public Map<String, KStream<K, V>> defaultBranch(String name) {
    return branch(name, (key, value) -> true).noDefaultBranch();
  }

  /** Records that have gone to no branch are dropped; gives back all branches by name. */
  public Map<String, KStream<K, V>> noDefaultBranch() {
    return Map.copyOf(branches);
  }
}
