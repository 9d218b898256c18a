package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicConfigsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retention.ms | -1",
        "retention.ms | 9223372036854775807",
        "retention.ms | ' 5 '",
        "max.message.bytes | 0",
        "cleanup.policy | compact,delete",
        "cleanup.policy | 'delete , compact'",
        "cleanup.policy | ''",
        "message.timestamp.type | LogAppendTime",
        "min.cleanable.dirty.ratio | 0.01",
        "preallocate | TRUE",
        "compression.type | zstd",
        "compression.gzip.level | -1",
        "compression.zstd.level | -7",
        "segment.bytes | 1048576",
        "leader.replication.throttled.replicas | 0:1,1:2",
        "leader.replication.throttled.replicas | *",
        "remote.storage.enable | false"
      })
  void shouldAcceptValuesThatKafkaAccepts(String name, String value) {
    assertThat(TopicConfigs.find(name).orElseThrow().complaint(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retention.ms | -2 | a whole number from -1 to 9223372036854775807",
        "retention.ms | 9223372036854775808 | a whole number from -1 to 9223372036854775807",
        "retention.ms | soon | a whole number from -1 to 9223372036854775807",
        "retention.ms | '' | a whole number from -1 to 9223372036854775807",
        "max.message.bytes | 2147483648 | a whole number from 0 to 2147483647",
        "segment.bytes | 14 | a whole number from 1048576 to 2147483647",
        "cleanup.policy | burn | a comma-separated list of [compact, delete] without repetition",
        "cleanup.policy | delete,delete | a comma-separated list of [compact, delete]"
            + " without repetition",
        "cleanup.policy | delete,, | a comma-separated list of [compact, delete]"
            + " without repetition",
        "message.timestamp.type | createtime | one of [CreateTime, LogAppendTime]",
        "min.cleanable.dirty.ratio | 1.5 | a number from 0 to 1",
        "min.cleanable.dirty.ratio | NaN | a number from 0 to 1",
        "preallocate | yes | true or false",
        "compression.gzip.level | 0 | -1 or a whole number from 1 to 9",
        "follower.replication.throttled.replicas | 0-1 | * or a comma-separated list of"
            + " partition:broker"
      })
  void shouldSayWhatWasExpectedAndWhatCame(String name, String value, String expectation) {
    assertThat(TopicConfigs.find(name).orElseThrow().complaint(value))
        .contains(
            "Configuration \""
                + name
                + "\": expected "
                + expectation
                + ", but was \""
                + value
                + "\"");
  }

  @Test
  void shouldRefuseTieredStorageThatDoesNotExist() {
    assertThat(TopicConfigs.find("remote.storage.enable").orElseThrow().complaint("true"))
        .hasValueSatisfying(message -> assertThat(message).contains("expected false"));
  }

  @Test
  void shouldHaveDefaultsThatItsOwnRulesAccept() {
    assertThat(TopicConfigs.all())
        .hasSize(34)
        .allSatisfy(
            definition ->
                assertThat(definition.complaint(definition.defaultValue().orElseThrow()))
                    .isEmpty());
  }

  @Test
  void shouldHaveBrokerLevelDefaultsThatTheirRulesAccept() {
    assertThat(BrokerConfigs.all())
        .filteredOn(definition -> definition.defaultValue().isPresent())
        .allSatisfy(
            definition ->
                assertThat(definition.complaint(definition.defaultValue().orElseThrow()))
                    .isEmpty());
  }

  @Test
  void shouldKnowEveryBrokerLevelSynonym() {
    assertThat(TopicConfigs.all())
        .flatExtracting(ConfigDefinition::synonyms)
        .allSatisfy(synonym -> assertThat(BrokerConfigs.find(synonym.name())).isPresent());
  }

  @Test
  void shouldNotKnowOtherNames() {
    assertThat(TopicConfigs.find("retention.msec")).isEmpty();
  }

  @Test
  void shouldSayOfEveryConfigurationWithoutEffectThatItHasNone() {
    List<String> actedOn =
        List.of(
            "cleanup.policy",
            "max.message.bytes",
            "message.timestamp.after.max.ms",
            "message.timestamp.before.max.ms",
            "message.timestamp.type",
            "retention.bytes",
            "retention.ms");

    assertThat(TopicConfigs.all())
        .filteredOn(each -> !each.documentation().startsWith(InertConfigs.NO_EFFECT))
        .extracting(ConfigDefinition::name)
        .containsExactlyElementsOf(actedOn);
  }
}
