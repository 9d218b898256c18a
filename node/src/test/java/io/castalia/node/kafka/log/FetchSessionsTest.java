package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.TopicDescription;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchMetadata;
import org.apache.kafka.common.requests.FetchRequest;
import org.junit.jupiter.api.Test;

class FetchSessionsTest {
  private final TopicDescription topic =
      new TopicDescription("t", Uuid.randomUuid(), 20_000, Map.of());
  private final AtomicLong now = new AtomicLong();

  @Test
  void shouldMakeRoomByTheSessionThatRestedLongest() {
    FetchSessions sessions = new FetchSessions(2, 100, now::get);
    int first = open(sessions, 1);
    int second = open(sessions, 1);
    now.addAndGet(FetchSessions.MIN_REST_MILLIS);
    assertThat(goOn(sessions, first)).isEqualTo(Errors.NONE);

    assertThat(open(sessions, 1)).isNotZero();

    assertThat(goOn(sessions, second)).isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND);
    assertThat(open(sessions, 1)).as("the others have not rested").isZero();
  }

  @Test
  void shouldBoundThePartitionsOfAllSessionsTogether() {
    FetchSessions sessions = new FetchSessions(10, 100, now::get);
    int most = open(sessions, 70);
    assertThat(open(sessions, 31)).isZero();
    assertThat(open(sessions, 30)).isNotZero();
    assertThat(open(sessions, 1)).isZero();

    sessions.begin(request(most, FetchMetadata.FINAL_EPOCH, all(0)));

    assertThat(open(sessions, 70)).isNotZero();
  }

  @Test
  void shouldEndASessionThatGrowsTooLarge() {
    FetchSessions sessions = new FetchSessions(10, 100, now::get);
    int growing = open(sessions, 70);

    FetchPlan plan = sessions.begin(request(growing, 1, all(101)));

    assertThat(plan.error()).isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND);
    assertThat(open(sessions, 100)).as("its partitions are free again").isNotZero();
  }

  @Test
  void shouldOpenNoSessionForMorePartitionsThanOneMayHave() {
    FetchSessions sessions = new FetchSessions(10, 100_000, now::get);
    assertThat(open(sessions, FetchSessions.MAX_PARTITIONS + 1)).isZero();
    assertThat(open(sessions, FetchSessions.MAX_PARTITIONS)).isNotZero();
  }

  private int open(FetchSessions sessions, int partitions) {
    FetchPlan plan = sessions.begin(request(0, FetchMetadata.INITIAL_EPOCH, all(partitions)));
    assertThat(plan.targets()).hasSize(partitions);
    return plan.sessionId();
  }

  private static Errors goOn(FetchSessions sessions, int session) {
    return sessions.begin(request(session, 1)).error();
  }

  private FetchTopic all(int partitions) {
    return Fetches.from(topic, 0, IntStream.range(0, partitions).toArray());
  }

  private static FetchRequest request(int session, int epoch, FetchTopic... topics) {
    return new FetchRequest(Fetches.session(session, epoch, topics), (short) Fetches.VERSION);
  }
}
