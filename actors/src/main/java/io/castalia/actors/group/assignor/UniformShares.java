package io.castalia.actors.group.assignor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/**
 * Shares that are made equal. A partition may go from one member to another that wants its topic;
 * where the two want nothing in common, each of those between them passes one on. There is no more
 * to gain when nobody reaches, in such steps, one who has two fewer: then no other assignment is
 * more even. Not thread-safe.
 */
final class UniformShares {
  private static final Comparator<Share> SMALLEST_FIRST =
      Comparator.comparingInt(Share::size).thenComparing(Share::memberId);

  private final GroupSpec group;
  private final List<Share> shares;
  private final Map<Uuid, List<Share>> readers = new HashMap<>();

  UniformShares(GroupSpec group) {
    this.group = group;
    this.shares =
        group.members().entrySet().stream()
            .map(member -> new Share(member.getKey(), member.getValue()))
            .sorted(Comparator.comparing(Share::memberId))
            .toList();
    shares.forEach(share -> share.spec().topics().forEach(topic -> readersOf(topic).add(share)));
  }

  private List<Share> readersOf(Uuid topic) {
    return readers.computeIfAbsent(topic, id -> new ArrayList<>());
  }

  /** How a partition came to a member in a search: from whom, and of which topic. */
  private record Step(Share from, Uuid topic) {}

  void keepWhatMembersHave() {
    Map<Uuid, Set<Integer>> taken = new HashMap<>();
    for (Share share : shares) {
      for (Map.Entry<Uuid, Set<Integer>> topic : share.spec().current().entrySet()) {
        if (share.spec().topics().contains(topic.getKey())) {
          int count = group.topics().getOrDefault(topic.getKey(), 0);
          Set<Integer> others = taken.computeIfAbsent(topic.getKey(), id -> new HashSet<>());
          new TreeSet<>(topic.getValue())
              .stream()
                  .filter(partition -> partition < count && others.add(partition))
                  .forEach(partition -> share.add(topic.getKey(), partition));
        }
      }
    }
  }

  /** Topics that few want come first, each partition to the reader who has least. */
  void giveWhatNobodyHas() {
    readers.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<Uuid, List<Share>>>comparingInt(each -> each.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .forEach(topic -> give(topic.getKey(), topic.getValue()));
  }

  private void give(Uuid topic, List<Share> wanting) {
    Set<Integer> taken = new HashSet<>();
    wanting.forEach(share -> taken.addAll(share.of(topic)));
    PriorityQueue<Share> smallest = new PriorityQueue<>(SMALLEST_FIRST);
    smallest.addAll(wanting);
    for (int partition = 0; partition < group.topics().getOrDefault(topic, 0); partition++) {
      if (!taken.contains(partition)) {
        Share share = smallest.remove();
        share.add(topic, partition);
        smallest.add(share);
      }
    }
  }

  /** The largest give first, one each, so that none gives what it must get back. */
  void balance() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int size = largest(); size >= smallest() + 2; size--) {
        for (Share share : ofSize(size)) {
          moved |= relieve(share);
        }
      }
    }
  }

  private int largest() {
    return shares.stream().mapToInt(Share::size).max().orElse(0);
  }

  private int smallest() {
    return shares.stream().mapToInt(Share::size).min().orElse(0);
  }

  private List<Share> ofSize(int size) {
    return shares.stream().filter(share -> share.size() == size).toList();
  }

  /** Moves one partition from a share towards the smallest that it reaches. */
  private boolean relieve(Share start) {
    Map<Share, Step> steps = new HashMap<>();
    Optional<Share> end = search(start, steps);
    end.ifPresent(
        found -> {
          Share to = found;
          while (!to.equals(start)) {
            Step step = steps.get(to);
            if (step == null) {
              throw new IllegalStateException("expected a way to \"" + to.memberId() + "\"");
            }
            to.add(step.topic(), step.from().remove(step.topic()));
            to = step.from();
          }
        });
    return end.isPresent();
  }

  /** The smallest share among the nearest that have at least two fewer. */
  private Optional<Share> search(Share start, Map<Share, Step> steps) {
    Set<Share> seen = new HashSet<>(Set.of(start));
    Set<Uuid> passed = new HashSet<>();
    List<Share> edge = List.of(start);
    while (!edge.isEmpty()) {
      List<Share> next = new ArrayList<>();
      for (Share from : edge) {
        for (Uuid topic : from.topics()) {
          if (passed.add(topic)) {
            readersOf(topic).stream()
                .filter(seen::add)
                .forEach(
                    share -> {
                      steps.put(share, new Step(from, topic));
                      next.add(share);
                    });
          }
        }
      }
      Optional<Share> smallest =
          next.stream().filter(share -> share.size() <= start.size() - 2).min(SMALLEST_FIRST);
      if (smallest.isPresent()) {
        return smallest;
      }
      edge = next;
    }
    return Optional.empty();
  }

  Map<String, Map<Uuid, Set<Integer>>> toAssignment() {
    Draft draft = new Draft(group);
    for (Share share : shares) {
      share.forEach((topic, partition) -> draft.give(share.memberId(), topic, partition));
    }
    return draft.members();
  }
}
