package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.ConfigChange.Operation;
import io.castalia.actors.topic.RegistryRequest.AllocateProducerIds;
import io.castalia.actors.topic.RegistryRequest.AlterBrokers;
import io.castalia.actors.topic.RegistryRequest.AlterTopic;
import io.castalia.actors.topic.RegistryRequest.CreateTopic;
import io.castalia.actors.topic.RegistryRequest.DeleteTopic;
import io.castalia.actors.topic.RegistryRequest.GrowTopic;
import io.castalia.actors.topic.RegistryRequest.NameCluster;
import io.castalia.actors.topic.RegistryRequest.RecordPurge;
import io.castalia.actors.topic.RegistryState.Purge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryLogicTest {
  private final AtomicLong ids = new AtomicLong();
  private final RegistryLogic logic =
      new RegistryLogic(Map.of("num.partitions", "3"), () -> new Uuid(7, ids.incrementAndGet()));
  private RegistryState state = RegistryState.EMPTY;

  @Test
  void shouldHandleEveryRequest() {
    assertThat(logic.handlers().variants())
        .isEqualTo(Set.of(RegistryRequest.class.getPermittedSubclasses()));
  }

  @Test
  void shouldCreateTopics() {
    Decision decision = accept(create("t", 5, Map.of("retention.ms", "1000")));

    TopicDescription topic = decision.topic().orElseThrow();
    assertThat(topic)
        .isEqualTo(new TopicDescription("t", new Uuid(7, 1), 5, Map.of("retention.ms", "1000")));
    assertThat(state.topics().byName("t")).contains(topic);
    assertThat(state.topics().byId(topic.id())).contains(topic);
    assertThat(state.version()).isEqualTo(1);
  }

  @Test
  void shouldTakeTheDefaultNumberOfPartitionsFromTheBrokerConfiguration() {
    assertThat(accept(create("fixed", -1, Map.of())).topic().orElseThrow().partitions())
        .isEqualTo(3);
    accept(new AlterBrokers(List.of(set("num.partitions", "9"))));
    assertThat(accept(create("dynamic", -1, Map.of())).topic().orElseThrow().partitions())
        .isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t      | 1      | INVALID_CONFIG | Unknown topic config name: \"retention\"| retention=1",
        "t      | 1      | INVALID_CONFIG | expected a whole number                |"
            + " retention.ms=x",
        "t      | 0      | INVALID_PARTITIONS | non-positive                       | ",
        "t      | -2     | INVALID_PARTITIONS | non-positive                       | ",
        "t      | 100001 | INVALID_PARTITIONS | at most 100000                     | ",
        "..     | 1      | INVALID_TOPIC_EXCEPTION | '..'                          | ",
        "a b    | 1      | INVALID_TOPIC_EXCEPTION | alphanumerics                 | ",
        "old.t  | 1      | TOPIC_ALREADY_EXISTS    | Topic 'old.t' already exists. | ",
        "old_t  | 1      | INVALID_TOPIC_EXCEPTION | collides with existing topic: old.t | ",
      })
  void shouldRefuseBadTopics(
      String name, int partitions, Errors error, String message, String config) {
    accept(create("old.t", 1, Map.of()));
    Map<String, String> configs =
        config == null ? Map.of() : Map.of(config.split("=", 2)[0], config.split("=", 2)[1]);

    Decision decision = refuse(create(name, partitions, configs));

    assertThat(decision.error()).isEqualTo(error);
    assertThat(decision.message()).contains(message);
  }

  @Test
  void shouldRefuseConflictingCompactionLags() {
    Decision decision =
        refuse(create("t", 1, Map.of("min.compaction.lag.ms", "5", "max.compaction.lag.ms", "4")));

    assertThat(decision.error()).isEqualTo(Errors.INVALID_CONFIG);
  }

  @Test
  void shouldFreeANameWhenItsTopicIsDeleted() {
    Uuid first = createTopic("a.b", 1);
    accept(new DeleteTopic(first));

    Uuid second = createTopic("a_b", 1);

    assertThat(second).isNotEqualTo(first);
    assertThat(refuse(new DeleteTopic(first)).error()).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
  }

  @Test
  void shouldRememberWhatIsToBePurgedUntilItIs() {
    Uuid id = createTopic("t", 3);
    accept(new DeleteTopic(id));
    assertThat(state.deleting()).containsExactly(Map.entry(id, new Purge(0, 3)));

    accept(new RecordPurge(id, 2));
    assertThat(state.deleting()).containsExactly(Map.entry(id, new Purge(2, 3)));

    assertThat(decide(new RecordPurge(id, 1)).changes()).isEmpty();
    accept(new RecordPurge(id, 3));
    assertThat(state.deleting()).isEmpty();
    assertThat(decide(new RecordPurge(id, 3)).changes()).isEmpty();
  }

  @Test
  void shouldGrowTopics() {
    createTopic("t", 3);

    assertThat(accept(new GrowTopic("t", 4)).topic().orElseThrow().partitions()).isEqualTo(4);

    assertThat(state.topics().byName("t").orElseThrow().partitions()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "t, 3, INVALID_PARTITIONS",
    "t, 2, INVALID_PARTITIONS",
    "t, 100001, INVALID_PARTITIONS",
    "u, 4, UNKNOWN_TOPIC_OR_PARTITION"
  })
  void shouldRefuseToGrowOtherwise(String name, int count, Errors error) {
    createTopic("t", 3);

    assertThat(refuse(new GrowTopic(name, count)).error()).isEqualTo(error);
  }

  @Test
  void shouldAlterTopicConfigurations() {
    accept(create("t", 1, Map.of("retention.ms", "1000", "segment.ms", "5")));

    accept(
        alter(
            set("retention.ms", "2000"),
            new ConfigChange("segment.ms", Operation.DELETE, ""),
            new ConfigChange("cleanup.policy", Operation.APPEND, "compact")));

    assertThat(state.topics().byName("t").orElseThrow().configs())
        .isEqualTo(Map.of("retention.ms", "2000", "cleanup.policy", "delete,compact"));

    accept(alter(new ConfigChange("cleanup.policy", Operation.SUBTRACT, "delete")));
    assertThat(state.topics().byName("t").orElseThrow().configs())
        .containsEntry("cleanup.policy", "compact");
  }

  @Test
  void shouldTakeItThatAnUnknownConfigurationIsDeletedAsItIsNotSet() {
    accept(create("t", 1, Map.of("retention.ms", "1000", "segment.ms", "5")));

    accept(
        alter(
            new ConfigChange("message.format.version", Operation.DELETE, ""),
            new ConfigChange("segment.ms", Operation.DELETE, "")));

    assertThat(state.topics().byName("t").orElseThrow().configs())
        .isEqualTo(Map.of("retention.ms", "1000"));
  }

  @ParameterizedTest
  @CsvSource({
    "retention, SET, 1, INVALID_CONFIG",
    "retention, APPEND, 1, INVALID_CONFIG",
    "retention.ms, SET, -2, INVALID_CONFIG",
    "retention.ms, APPEND, 2, INVALID_CONFIG",
    "cleanup.policy, APPEND, burn, INVALID_CONFIG"
  })
  void shouldRefuseBadAlterations(String name, Operation operation, String value, Errors error) {
    createTopic("t", 1);

    assertThat(refuse(alter(new ConfigChange(name, operation, value))).error()).isEqualTo(error);
  }

  @Test
  void shouldRefuseToAlterOneConfigurationTwiceOrUnknownTopics() {
    assertThat(refuse(alter(set("retention.ms", "1"))).error())
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    createTopic("t", 1);
    assertThat(refuse(alter(set("retention.ms", "1"), set("retention.ms", "2"))).error())
        .isEqualTo(Errors.INVALID_REQUEST);
  }

  @Test
  void shouldAlterBrokerConfigurations() {
    accept(new AlterBrokers(List.of(set("log.retention.ms", "5"))));
    assertThat(state.brokerConfigs()).isEqualTo(Map.of("log.retention.ms", "5"));

    accept(new AlterBrokers(List.of(new ConfigChange("log.retention.ms", Operation.DELETE, ""))));
    assertThat(state.brokerConfigs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "log.retention.hours, 1, INVALID_REQUEST",
    "nonsense, 1, INVALID_CONFIG",
    "num.partitions, 0, INVALID_CONFIG"
  })
  void shouldRefuseBadBrokerConfigurations(String name, String value, Errors error) {
    assertThat(refuse(new AlterBrokers(List.of(set(name, value)))).error()).isEqualTo(error);
  }

  @Test
  void shouldNeverGiveAProducerIdTwice() {
    assertThat(accept(new AllocateProducerIds()).firstProducerId()).isZero();
    assertThat(accept(new AllocateProducerIds()).firstProducerId()).isEqualTo(1000);
  }

  @Test
  void shouldNameTheClusterOnce() {
    accept(new NameCluster("first"));

    assertThat(decide(new NameCluster("second")).changes()).isEmpty();
    assertThat(state.clusterId()).isEqualTo("first");
  }

  private Uuid createTopic(String name, int partitions) {
    return accept(create(name, partitions, Map.of())).topic().orElseThrow().id();
  }

  private static CreateTopic create(String name, int partitions, Map<String, String> configs) {
    return new CreateTopic(name, partitions, configs);
  }

  private static AlterTopic alter(ConfigChange... changes) {
    return new AlterTopic("t", List.of(changes));
  }

  private static ConfigChange set(String name, String value) {
    return new ConfigChange(name, Operation.SET, value);
  }

  private Decision decide(RegistryRequest request) {
    return logic.decide(new RegistryDraft(state), request);
  }

  private Decision accept(RegistryRequest request) {
    Decision decision = decide(request);
    assertThat(decision.error()).as(decision.message()).isEqualTo(Errors.NONE);
    assertThat(decision.changes()).isNotEmpty();
    state = state.after(new RegistryEvent(decision.changes()));
    return decision;
  }

  private Decision refuse(RegistryRequest request) {
    Decision decision = decide(request);
    assertThat(decision.changes()).isEmpty();
    assertThat(decision.message()).isNotBlank();
    return decision;
  }
}
