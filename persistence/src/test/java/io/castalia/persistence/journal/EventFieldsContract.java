package io.castalia.persistence.journal;

import static io.castalia.persistence.journal.JournalDialogue.atomic;
import static io.castalia.persistence.journal.PluginContract.MAX;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.typed.internal.ReplicatedEventMetadata;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.OptionConverters;

/** What a journal keeps of an event, beside the event itself. */
interface EventFieldsContract extends JournalDialogue {
  @Test
  default void shouldKeepWriterAndTimestamp() {
    write(atomic(event(1).withTimestamp(1_234)));

    PersistentRepr replayed = replay(1, 1, MAX).get(0);

    assertThat(replayed.persistenceId()).isEqualTo(log());
    assertThat(replayed.writerUuid()).isEqualTo(WRITER);
    assertThat(replayed.timestamp()).isEqualTo(1_234);
    assertThat(replayed.sender()).isEqualTo(ActorRef.noSender());
    assertThat(replayed.deleted()).isFalse();
  }

  @Test
  default void shouldKeepMetadata() {
    write(atomic(event(1).withMetadata("origin")), atomic(event(2)));

    List<PersistentRepr> replayed = replay(1, MAX, MAX);

    assertThat(replayed.get(0).metadata().get()).isEqualTo("origin");
    assertThat(replayed.get(1).metadata().isEmpty()).isTrue();
  }

  @Test
  default void shouldKeepMetadataOfEventsWrittenTogether() {
    Object replication = ReplicatedEventMetadata.instanceForJournalTest();
    write(atomic(event(1).withMetadata(replication), event(2), event(3).withMetadata("origin")));

    assertThat(replay(1, MAX, MAX))
        .extracting(event -> OptionConverters.toJava(event.metadata()))
        .containsExactly(Optional.of(replication), Optional.empty(), Optional.of("origin"));
  }

  @Test
  default void shouldSerializeEventsThatNameActors() {
    write(atomic(event(1, probe().getRef())));

    assertThat(replay(1, 1, MAX).get(0).payload()).isEqualTo(probe().getRef());
  }

  @Test
  default void shouldKeepTheManifestOfAnEventAdapter() {
    write(atomic(event(1).withManifest("adapted")));

    assertThat(replay(1, MAX, MAX).get(0).manifest()).isEqualTo("adapted");
  }
}
