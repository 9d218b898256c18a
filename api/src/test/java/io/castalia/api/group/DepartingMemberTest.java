package io.castalia.api.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.group.MemberEffect.Speak;
import io.castalia.api.group.MemberEffect.Stop;
import io.castalia.api.group.MemberEffect.Tell;
import io.castalia.api.group.MemberLogic.Step;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** How a member leaves. */
class DepartingMemberTest extends MemberLogicSteps {
  @Test
  void shouldSayFarewellAndStop() {
    running(1, 0);
    apply(logic.departing(state));
    assertThat(effects).containsExactly(new Speak(-1, false, Optional.empty()));

    answered(-1, Optional.empty());

    assertThat(effects).containsExactly(new Tell(new MemberEvent.Left()), new Stop());
  }

  @Test
  void shouldSayFarewellAfterWhatItIsSaying() {
    running(1, 0);
    due();
    apply(logic.departing(state));
    assertThat(effects).isEmpty();

    answered(1, Optional.empty());

    assertThat(effects).containsExactly(new Speak(-1, false, Optional.empty()));
  }

  @Test
  void shouldLeaveUnheardWhenNobodyAnswers() {
    running(1, 0);
    apply(logic.departing(state));
    for (int i = 0; i < 5; i++) {
      refused(Errors.COORDINATOR_NOT_AVAILABLE);
      due();
      assertThat(effects).containsExactly(new Speak(-1, false, Optional.empty()));
    }
    refused(Errors.COORDINATOR_NOT_AVAILABLE);

    assertThat(effects).containsExactly(new Tell(new MemberEvent.Left()), new Stop());
  }

  @Test
  void shouldLeaveForAWhileAsAStaticMember() {
    MemberLogic statically = new MemberLogic(SETTINGS.withInstanceId("till-1"));

    Step step = statically.departing(MemberState.NEW.at(3));

    assertThat(step.effects()).containsExactly(new Speak(-2, false, Optional.empty()));
  }
}
