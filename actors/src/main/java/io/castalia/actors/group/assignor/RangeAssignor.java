package io.castalia.actors.group.assignor;

import io.castalia.actors.group.assignor.GroupSpec.MemberSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * Each topic's partitions in ranges, in the order of the members, so that members that want the
 * same topics have the same partitions of topics with as many. Static members come first, by their
 * instance ids, and so have the same ranges after they come back.
 */
final class RangeAssignor implements PartitionAssignor {
  private static final Comparator<Map.Entry<String, MemberSpec>> ORDER =
      Comparator.<Map.Entry<String, MemberSpec>, Boolean>comparing(
              member -> member.getValue().instanceId().isEmpty())
          .thenComparing(member -> member.getValue().instanceId().orElse(member.getKey()));

  @Override
  public String name() {
    return "range";
  }

  @Override
  public Map<String, Map<Uuid, Set<Integer>>> assign(GroupSpec group) {
    Draft draft = new Draft(group);
    List<Map.Entry<String, MemberSpec>> ordered =
        group.members().entrySet().stream().sorted(ORDER).toList();
    group
        .topics()
        .forEach(
            (topic, partitions) -> {
              List<String> readers =
                  ordered.stream()
                      .filter(member -> member.getValue().topics().contains(topic))
                      .map(Map.Entry::getKey)
                      .toList();
              assign(draft, topic, partitions, readers);
            });
    return draft.members();
  }

  /** The first readers get one more where the partitions do not divide. */
  private static void assign(Draft draft, Uuid topic, int partitions, List<String> readers) {
    for (int reader = 0; reader < readers.size(); reader++) {
      int extra = partitions % readers.size();
      int share = partitions / readers.size();
      int first = reader * share + Math.min(reader, extra);
      int end = first + share + (reader < extra ? 1 : 0);
      for (int partition = first; partition < end; partition++) {
        draft.give(readers.get(reader), topic, partition);
      }
    }
  }
}
