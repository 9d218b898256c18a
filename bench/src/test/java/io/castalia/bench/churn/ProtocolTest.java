package io.castalia.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.churn.Change.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProtocolTest {

  @Test
  void shouldCountNoSilentEndOfWhoSaysGoodbye() {
    assertThat(Protocol.CONSUMER.possible(Kind.LEAVE_SILENTLY)).isEqualTo(Kind.LEAVE);
    assertThat(Protocol.RANGE.possible(Kind.LEAVE_SILENTLY)).isEqualTo(Kind.LEAVE_SILENTLY);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "LEAVE_SILENTLY", mode = EnumSource.Mode.EXCLUDE)
  void shouldLeaveOtherChangesAsTheyAre(Kind kind) {
    assertThat(Protocol.CONSUMER.possible(kind)).isEqualTo(kind);
  }
}
