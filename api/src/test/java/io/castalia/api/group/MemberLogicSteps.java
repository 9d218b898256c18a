package io.castalia.api.group;

import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.group.MemberEffect.FindOffsets;
import io.castalia.api.group.MemberLogic.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** A member of the group "billing", taken from step to step. */
abstract class MemberLogicSteps {
  static final Duration INTERVAL = Duration.ofSeconds(5);
  static final Uuid TOPIC = new Uuid(1, 1);
  static final MemberSettings SETTINGS =
      MemberSettings.create(
          "billing",
          MemberSubscription.to(Set.of("clicks")).withRebalanceTimeout(Duration.ofSeconds(10)));
  final MemberLogic logic = new MemberLogic(SETTINGS);
  MemberState state = MemberState.NEW;
  List<MemberEffect> effects = List.of();

  void running(int epoch, Integer... partitions) {
    joined(epoch, partitions(partitions));
    found(new FindOffsets(epoch, names(partitions)), new HashMap<>());
    beat(epoch, Optional.empty());
  }

  void joined(int epoch, Set<TopicIdPartition> assigned) {
    beat(epoch, Optional.of(assigned));
  }

  void beat(int epoch, Optional<Set<TopicIdPartition>> assigned) {
    due();
    answered(epoch, assigned);
  }

  void due() {
    apply(logic.due(state));
  }

  void answered(int epoch, Optional<Set<TopicIdPartition>> assigned) {
    apply(logic.answered(state, new HeartbeatAnswered(epoch, INTERVAL, assigned, true)));
  }

  void refused(Errors error) {
    apply(logic.refused(state, error, error.message()));
  }

  void found(FindOffsets query, Map<TopicPartition, OffsetAndMetadata> committed) {
    apply(logic.found(state, query, committed));
  }

  void released(int partition) {
    apply(logic.released(state, names(partition)));
  }

  void apply(Step step) {
    state = step.state();
    effects = step.effects();
  }

  static TopicPartition name(int partition) {
    return new TopicPartition("clicks", partition);
  }

  static Set<TopicPartition> names(Integer... partitions) {
    return Holdings.names(partitions(partitions));
  }

  static Set<TopicIdPartition> partitions(Integer... partitions) {
    return IntStream.range(0, partitions.length)
        .mapToObj(i -> new TopicIdPartition(TOPIC, name(partitions[i])))
        .collect(Collectors.toSet());
  }
}
