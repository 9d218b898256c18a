package io.castalia.examples.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.JsonSerde;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.test.TestInputTopic;
import io.castalia.streams.processing.test.TopologyTestKit;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The topology on the bench, and the command as a whole. */
class StreamProcessingTest {
  private static final Serde<String> STRINGS = Serdes.String();

  @Test
  void shouldSignArticlesAndPutWhatIsNoneAside() {
    TopologyTestKit kit =
        TopologyTestKit.of(
            Routing.topology(), ErrorPolicy.deadLetter(Routing.REFUSED), Instant.EPOCH);
    input(kit, Routing.AUTHORS).pipeInput("ada", "Ada Lovelace");
    TestInputTopic<String, String> articles = input(kit, Routing.ARTICLES);

    articles.pipeInput("a1", "ada|news|An engine");
    articles.pipeInput("a2", "no article");

    assertThat(
            kit.createOutputTopic(
                    Routing.NEWSROOM,
                    STRINGS.deserializer(),
                    JsonSerde.of(Article.class).deserializer())
                .readKeyValuesToList())
        .containsExactly(
            KeyValue.pair("ada", new Article("ada", "news", "An engine", "Ada Lovelace")));
    assertThat(
            kit.createOutputTopic(Routing.REFUSED, STRINGS.deserializer(), STRINGS.deserializer())
                .readKeyValuesToList())
        .containsExactly(KeyValue.pair("a2", "no article"));
  }

  private static TestInputTopic<String, String> input(TopologyTestKit kit, String topic) {
    return kit.createInputTopic(topic, STRINGS.serializer(), STRINGS.serializer());
  }

  @Test
  void shouldRouteAllContentWithTheCommand() {
    assertThat(new CommandLine(new StreamProcessing()).execute()).isZero();
  }
}
