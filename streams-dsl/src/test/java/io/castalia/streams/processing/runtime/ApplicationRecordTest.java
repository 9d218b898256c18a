package io.castalia.streams.processing.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.processing.runtime.ApplicationEvent.Described;
import io.castalia.streams.processing.runtime.ApplicationEvent.Reset;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is known of an application that does not run. */
class ApplicationRecordTest {
  private static final TopicPartition IN = new TopicPartition("in", 1);
  private static final Described DESCRIBED =
      new Described(Set.of("in", "other"), Set.of("app-by-repartition"));
  private static final Reset RESET = new Reset(Map.of(IN, 7L));

  private final ApplicationEventSerializer serializer = new ApplicationEventSerializer();

  @Test
  void shouldKnowAnApplicationThatHasBeenStarted() {
    assertThat(ApplicationRecord.NONE.isKnown()).isFalse();
    assertThat(ApplicationRecord.NONE.started(DESCRIBED)).contains(DESCRIBED);

    ApplicationRecord started = ApplicationRecord.NONE.after(DESCRIBED);

    assertThat(started.isKnown()).isTrue();
    assertThat(started.started(DESCRIBED)).isEmpty();
    assertThat(started.started(new Described(Set.of("in"), Set.of()))).isPresent();
  }

  @Test
  void shouldCountResetsAndKeepThePlacesOfTheLast() {
    ApplicationRecord reset =
        ApplicationRecord.NONE
            .after(DESCRIBED)
            .after(new Reset(Map.of(new TopicPartition("other", 0), 1L)))
            .after(RESET);

    assertThat(reset.generation()).isEqualTo(2);
    assertThat(reset.places()).isEqualTo(Map.of(IN, 7L));
    assertThat(reset.after(new Described(Set.of("in"), Set.of())).places())
        .isEqualTo(reset.places());
  }

  @Test
  void shouldBeReadBack() throws NotSerializableException {
    ApplicationRecord record = ApplicationRecord.NONE.after(DESCRIBED).after(RESET);

    for (Object each : List.of(DESCRIBED, RESET, record)) {
      byte[] bytes = serializer.toBinary(each);
      assertThat(serializer.fromBinary(bytes, serializer.manifest(each))).isEqualTo(each);
    }
    assertThatThrownBy(() -> serializer.fromBinary(new byte[3], "reset-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage("expected \"reset-1\", but 3 bytes cannot be read as that");
  }
}
