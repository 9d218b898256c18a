package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class DeleteTopicsHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final DeleteTopicsHandler handler = new DeleteTopicsHandler(topics);

  @Test
  void shouldDeleteByNameInOldAndNewVersions() {
    topics.given("a", 1, Map.of());
    topics.given("b", 1, Map.of());

    DeleteTopicsResponseData old = send(request().setTopicNames(List.of("a", "absent")), 5);
    DeletableTopicResult fresh = only(send(request().setTopics(List.of(named("b"))), 6));

    assertThat(errorOf(old.responses().find("a"))).isEqualTo(Errors.NONE);
    assertThat(errorOf(old.responses().find("absent")))
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(errorOf(fresh)).isEqualTo(Errors.NONE);
    assertThat(topics.catalog().all()).isEmpty();
  }

  @Test
  void shouldDeleteByIdAndTellTheName() {
    TopicDescription topic = topics.given("a", 1, Map.of());

    DeletableTopicResult result = only(send(request().setTopics(List.of(by(topic.id()))), 6));

    assertThat(errorOf(result)).isEqualTo(Errors.NONE);
    assertThat(result.name()).isEqualTo("a");
    assertThat(result.topicId()).isEqualTo(topic.id());
    assertThat(topics.catalog().all()).isEmpty();
  }

  @Test
  void shouldAnswerUnknownIds() {
    Uuid unknown = Uuid.randomUuid();

    DeletableTopicResult result = only(send(request().setTopics(List.of(by(unknown))), 6));

    assertThat(errorOf(result)).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
    assertThat(result.topicId()).isEqualTo(unknown);
    assertThat(result.errorMessage()).contains(unknown.toString());
  }

  @Test
  void shouldRefuseTopicsNamedTwiceAndDeleteTheOthers() {
    topics.given("a", 1, Map.of());
    topics.given("b", 1, Map.of());

    DeleteTopicsResponseData answer = send(request().setTopicNames(List.of("a", "b", "a")), 1);

    assertThat(answer.responses()).hasSize(2);
    assertThat(errorOf(answer.responses().find("a"))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(errorOf(answer.responses().find("b"))).isEqualTo(Errors.NONE);
    assertThat(topics.catalog().byName("a")).isPresent();
  }

  @Test
  void shouldRefuseBothNameAndIdAndNeither() {
    TopicDescription topic = topics.given("a", 1, Map.of());

    assertThat(errorOf(only(send(request().setTopics(List.of(by(topic.id()).setName("a"))), 6))))
        .isEqualTo(Errors.INVALID_REQUEST);
    assertThat(errorOf(only(send(request().setTopics(List.of(by(Uuid.ZERO_UUID))), 6))))
        .isEqualTo(Errors.INVALID_REQUEST);
    assertThat(topics.catalog().byName("a")).isPresent();
  }

  @Test
  void shouldSayTimedOutWhenTheRegistryIsSilent() {
    topics.given("a", 1, Map.of());
    topics.fallSilent();

    DeletableTopicResult result =
        only(send(request().setTimeoutMs(20).setTopics(List.of(named("a"))), 6));

    assertThat(errorOf(result)).isEqualTo(Errors.REQUEST_TIMED_OUT);
  }

  private DeleteTopicsResponseData send(DeleteTopicsRequestData request, int version) {
    return Exchange.send(handler, request, version, DeleteTopicsResponseData.class);
  }

  private static DeleteTopicsRequestData request() {
    return new DeleteTopicsRequestData().setTimeoutMs(60_000);
  }

  private static DeleteTopicState named(String name) {
    return new DeleteTopicState().setName(name);
  }

  private static DeleteTopicState by(Uuid id) {
    return new DeleteTopicState().setName(null).setTopicId(id);
  }

  private static DeletableTopicResult only(DeleteTopicsResponseData answer) {
    assertThat(answer.responses()).hasSize(1);
    return answer.responses().iterator().next();
  }

  private static Errors errorOf(DeletableTopicResult result) {
    return Errors.forCode(result.errorCode());
  }
}
