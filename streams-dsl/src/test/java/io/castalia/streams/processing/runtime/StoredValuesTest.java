package io.castalia.streams.processing.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.internal.StampedSerde;
import io.castalia.streams.processing.internal.StateChange;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import io.castalia.streams.processing.internal.TaskEvent.Advanced.Progress;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.pages.PageSource;
import io.castalia.streams.processing.runtime.TaskReply.EntriesTold;
import io.castalia.streams.processing.runtime.TaskReply.NotTold;
import io.castalia.streams.processing.runtime.TaskReply.StoredEntry;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** What a task tells of its stores. */
class StoredValuesTest {
  private static final Serde<String> STRINGS = Serdes.String();
  private static final ActorRef<TaskReply> ASKER = TestInbox.<TaskReply>create().getRef();
  private static final int ROWS = 3_000;

  private final SubTopology part = topology();
  private final TaskState state = filled(part);

  private static SubTopology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.table("in", Consumed.with(STRINGS, STRINGS), Materialized.as("rows"));
    return builder.build().graph().subTopologies().get(0);
  }

  private static TaskState filled(SubTopology part) {
    StampedSerde<String> values = new StampedSerde<>(STRINGS);
    List<StateChange> rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                row ->
                    new StateChange(
                        "rows",
                        Bytes.wrap(key(row).getBytes(StandardCharsets.UTF_8)),
                        Bytes.wrap(
                            values
                                .serializer()
                                .serialize(
                                    "rows", new ValueAndTimestamp<>("x".repeat(100) + row, 5))),
                        StateChange.NOTHING))
            .toList();
    return TaskState.NONE
        .after(new Opened(part.shape("app", topic -> 1), Map.of(), 1, 0))
        .after(
            new Advanced(
                Map.of(),
                new Progress(0, 0, 0, ROWS, Optional.empty()),
                rows,
                List.of(),
                Map.of(),
                Map.of()));
  }

  private static String key(int row) {
    return "row-%04d".formatted(row);
  }

  private TaskReply answer(StoreQuestion question) {
    return StoredValues.answer(
        part, state, PageSource.NONE, new TaskCommand.GetValues(question, ASKER));
  }

  @Test
  void shouldTellAllEntriesPageByPage() {
    List<StoredEntry> entries = new ArrayList<>();
    int pages = 0;
    Optional<ByteString> next = Optional.of(ByteString.emptyByteString());
    while (next.isPresent()) {
      EntriesTold told = (EntriesTold) answer(new StoreQuestion.OfTask("rows", 0, next.get()));
      assertThat(told.entries()).isNotEmpty();
      entries.addAll(told.entries());
      next = told.next();
      pages++;
    }

    assertThat(pages).isBetween(3, 6);
    assertThat(entries)
        .extracting(entry -> entry.key().utf8String())
        .isEqualTo(IntStream.range(0, ROWS).mapToObj(StoredValuesTest::key).toList());
    assertThat(entries.get(7).value().utf8String()).isEqualTo("x".repeat(100) + 7);
  }

  @Test
  void shouldTellTheTimeOfAValueByKey() {
    assertThat(
            answer(
                StoreQuestion.OfKey.always(
                    StoreKind.KEY_VALUE, "rows", ByteString.fromString("row-0007"), STRINGS)))
        .isEqualTo(
            new TaskReply.ValuesTold(
                List.of(
                    new TaskReply.StoredValue(5, 0, ByteString.fromString("x".repeat(100) + 7)))));
  }

  @Test
  void shouldRefuseAQuestionForAnotherKindOfStore() {
    assertThat(
            answer(
                StoreQuestion.OfKey.always(
                    StoreKind.WINDOW, "rows", ByteString.fromString("a"), Serdes.String())))
        .isEqualTo(
            new NotTold("expected a store by key and window, but \"rows\" is one by key", false));
    assertThat(answer(new StoreQuestion.OfTask("other", 0, ByteString.emptyByteString())))
        .isEqualTo(new NotTold("expected a store by key, but \"other\" is none of [rows]", false));
  }
}
