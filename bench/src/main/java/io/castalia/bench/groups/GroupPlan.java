package io.castalia.bench.groups;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the members of one group agree on.
 *
 * @param bootstrap HOST:PORT of the server
 * @param groupId another for each group
 * @param topic what all read
 * @param partitions of the topic
 */
record GroupPlan(String bootstrap, String groupId, String topic, int partitions) {

  /** Shares the partitions out in ranges, as the leader of a group does. */
  Map<String, List<Integer>> assign(List<String> members) {
    Map<String, List<Integer>> assigned = new HashMap<>();
    for (int index = 0; index < members.size(); index++) {
      int from = index * partitions / members.size();
      int to = (index + 1) * partitions / members.size();
      assigned.put(members.get(index), IntStream.range(from, to).boxed().toList());
    }
    return assigned;
  }
}
