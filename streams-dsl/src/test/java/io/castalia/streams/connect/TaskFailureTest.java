package io.castalia.streams.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TaskFailureTest {
  @Test
  void shouldTellWhatWasTheMatter() {
    assertThat(TaskFailure.text(new CompletionException(new IllegalStateException("broken"))))
        .isEqualTo("IllegalStateException: broken");
  }

  /** As a port that is in use fails in Pekko. */
  @Test
  void shouldNameAFailureWithoutANameByItsKind() {
    assertThat(TaskFailure.text(new IllegalStateException("broken") {}))
        .isEqualTo("IllegalStateException: broken");
  }
}
