package io.castalia.api.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.group.CommitQueue.Answer;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitQueueTest {
  private static final TopicPartition ONE = new TopicPartition("clicks", 1);
  private static final TopicPartition TWO = new TopicPartition("clicks", 2);
  private static final Set<TopicPartition> BOTH = Set.of(ONE, TWO);

  private final CommitQueue<String> queue = new CommitQueue<>();

  @Test
  void shouldCommitTogetherWhatComesWhileACommitIsUnderWay() {
    queue.add(Map.of(ONE, at(1)), "a");
    assertThat(queue.begin()).isTrue();
    queue.add(Map.of(ONE, at(2)), "b");
    queue.add(Map.of(ONE, at(3), TWO, at(1)), "c");
    assertThat(queue.begin()).isFalse();

    assertThat(queue.end(Map.of(ONE, Errors.NONE)))
        .containsExactly(new Answer<>("a", new CommitResult(Map.of(ONE, Errors.NONE))));
    assertThat(queue.begin()).isTrue();
    assertThat(queue.current(BOTH)).isEqualTo(Map.of(ONE, at(3), TWO, at(1)));

    assertThat(queue.end(Map.of(ONE, Errors.NONE, TWO, Errors.OFFSET_METADATA_TOO_LARGE)))
        .containsExactly(
            new Answer<>("b", new CommitResult(Map.of(ONE, Errors.NONE))),
            new Answer<>(
                "c",
                new CommitResult(Map.of(ONE, Errors.NONE, TWO, Errors.OFFSET_METADATA_TOO_LARGE))));
    assertThat(queue.isIdle()).isTrue();
  }

  @Test
  void shouldRefuseWhatItsServiceDoesNotHave() {
    queue.add(Map.of(ONE, at(1), TWO, at(1)), "a");
    assertThat(queue.begin()).isTrue();
    assertThat(queue.current(Set.of(TWO))).isEqualTo(Map.of(TWO, at(1)));

    assertThat(queue.end(Map.of(TWO, Errors.NONE)).get(0).result().failure())
        .contains(Errors.FENCED_MEMBER_EPOCH);
  }

  @ParameterizedTest
  @CsvSource({
    "COORDINATOR_NOT_AVAILABLE, true",
    "NOT_COORDINATOR, true",
    "REQUEST_TIMED_OUT, true",
    "STALE_MEMBER_EPOCH, true",
    "UNSTABLE_OFFSET_COMMIT, true",
    "UNKNOWN_MEMBER_ID, false",
    "OFFSET_METADATA_TOO_LARGE, false",
    "NONE, false"
  })
  void shouldTryAgainWhatMayPass(Errors error, boolean again) {
    queue.add(Map.of(ONE, at(1)), "a");
    assertThat(queue.begin()).isTrue();

    assertThat(queue.again(Map.of(ONE, error)).isPresent()).isEqualTo(again);
  }

  @Test
  void shouldNotTryForEver() {
    queue.add(Map.of(ONE, at(1)), "a");
    assertThat(queue.begin()).isTrue();
    int attempts = 1;
    while (queue.again(Map.of(ONE, Errors.NOT_COORDINATOR)).isPresent()) {
      attempts++;
    }

    assertThat(attempts).isEqualTo(60);
  }

  @Test
  void shouldAnswerAllWhenTheMemberIsGone() {
    queue.add(Map.of(ONE, at(1)), "a");
    assertThat(queue.begin()).isTrue();
    queue.add(Map.of(ONE, at(2)), "b");

    assertThat(queue.abandon()).extracting(Answer::who).containsExactly("a", "b");
    assertThat(queue.isIdle()).isTrue();
  }

  private static OffsetAndMetadata at(long offset) {
    return new OffsetAndMetadata(offset);
  }
}
