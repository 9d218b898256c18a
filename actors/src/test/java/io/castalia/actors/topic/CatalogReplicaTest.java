package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.CatalogReplica.Outcome;
import io.castalia.actors.topic.DirectoryCommand.CatalogDelta;
import io.castalia.actors.topic.DirectoryCommand.CatalogPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class CatalogReplicaTest {
  private final CatalogReplica replica = new CatalogReplica(Map.of());

  @Test
  void shouldFollowASnapshotAndItsDeltas() {
    assertThat(replica.apply(page(4, 0, true, topic("a", 1)))).isEqualTo(Outcome.ADVANCED);
    assertThat(replica.apply(created(5, topic("b", 2)))).isEqualTo(Outcome.ADVANCED);

    assertThat(replica.catalog().version()).isEqualTo(5);
    assertThat(replica.catalog().all())
        .extracting(TopicDescription::name)
        .containsExactly("a", "b");
    assertThat(replica.catalog().byId(new Uuid(1, 2))).isPresent();
  }

  @Test
  void shouldNoticeGaps() {
    assertThat(replica.apply(created(1, topic("a", 1)))).isEqualTo(Outcome.GAP);
    replica.apply(page(4, 0, true));

    assertThat(replica.apply(created(6, topic("b", 2)))).isEqualTo(Outcome.GAP);
    assertThat(replica.apply(new CatalogDelta(5, List.of()))).isEqualTo(Outcome.GAP);
    assertThat(replica.catalog().version()).isEqualTo(4);
  }

  @Test
  void shouldNeverGoBack() {
    replica.apply(page(4, 0, true, topic("a", 1)));

    assertThat(replica.apply(page(3, 0, true))).isEqualTo(Outcome.UNCHANGED);
    assertThat(replica.apply(created(4, topic("b", 2)))).isEqualTo(Outcome.UNCHANGED);
    assertThat(replica.apply(new CatalogDelta(4, List.of()))).isEqualTo(Outcome.UNCHANGED);
    assertThat(replica.catalog().all()).hasSize(1);
  }

  @Test
  void shouldNotShowASnapshotBeforeItsLastPage() {
    assertThat(replica.apply(page(4, 0, false, topic("a", 1)))).isEqualTo(Outcome.UNCHANGED);
    assertThat(replica.catalog().version()).isEqualTo(LocalCatalog.UNKNOWN);
    assertThat(replica.apply(page(4, 1, true, topic("b", 2)))).isEqualTo(Outcome.ADVANCED);
    assertThat(replica.catalog().all()).hasSize(2);
  }

  @Test
  void shouldAskAgainWhenAPageIsMissing() {
    replica.apply(page(4, 0, false, topic("a", 1)));
    assertThat(replica.apply(page(4, 2, true))).isEqualTo(Outcome.GAP);
    replica.apply(page(4, 0, false, topic("a", 1)));
    assertThat(replica.apply(page(5, 1, true))).isEqualTo(Outcome.GAP);
  }

  @Test
  void shouldKeepTheStaticConfigurationBelowTheDynamicOne() {
    CatalogReplica configured = new CatalogReplica(Map.of("message.max.bytes", "1", "x", "2"));
    configured.apply(page(1, 0, true));
    configured.apply(
        new CatalogDelta(
            2, List.of(new RegistryChange.BrokersAltered(Map.of("message.max.bytes", "3")))));

    assertThat(configured.catalog().brokerConfigs()).isEqualTo(Map.of("message.max.bytes", "3"));
    assertThat(configured.catalog().effectiveBrokerConfigs())
        .isEqualTo(Map.of("message.max.bytes", "3", "x", "2"));
  }

  @Test
  void shouldReassembleWhatWasDividedIntoPages() {
    List<TopicDescription> topics = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      topics.add(topic("topic-" + i, i));
    }
    RegistryState state =
        new RegistryState(
            7, "c", TopicTable.of(topics), Map.of("num.partitions", "2"), 0, Map.of());

    List<CatalogPage> pages = CatalogPages.of(state);
    pages.forEach(replica::apply);

    assertThat(pages).hasSizeGreaterThan(2);
    assertThat(replica.catalog().complete()).isTrue();
    assertThat(replica.catalog().all()).containsExactlyElementsOf(state.topics().all());
    assertThat(replica.catalog().brokerConfigs()).isEqualTo(state.brokerConfigs());
  }

  private static TopicDescription topic(String name, long id) {
    return new TopicDescription(name, new Uuid(1, id), 1, Map.of());
  }

  private static CatalogDelta created(long version, TopicDescription topic) {
    return new CatalogDelta(version, List.of(new RegistryChange.TopicCreated(topic)));
  }

  private static CatalogPage page(
      long version, int number, boolean last, TopicDescription... topics) {
    return new CatalogPage(version, number, last, "c", Map.of(), List.of(topics));
  }
}
