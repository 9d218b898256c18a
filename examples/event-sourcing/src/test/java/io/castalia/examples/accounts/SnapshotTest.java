package io.castalia.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  @Test
  void shouldLeaveOutWhatWasDecidedBySomethingOlder() {
    Snapshot accounts =
        Snapshot.EMPTY
            .after(0, "ada", new Event(0, 100))
            .after(1, "ada", new Event(1, -70))
            .after(2, "ada", new Event(1, -70))
            .after(3, "bob", new Event(0, 5));

    assertThat(accounts)
        .isEqualTo(new Snapshot(4, Map.of("ada", new Account(2, 30), "bob", new Account(1, 5))));
  }

  @Test
  void shouldDecideByTheBalance() {
    Account account = new Account(3, 50);

    assertThat(account.change(-50)).contains(new Event(3, -50));
    assertThat(account.change(-51)).isEmpty();
  }

  @Test
  void shouldReadWhatItWrote() {
    Snapshot accounts = new Snapshot(7, Map.of("ada", new Account(2, 30)));

    assertThat(accounts.text()).isEqualTo("7 ada:2:30");
    assertThat(Snapshot.parse(accounts.text())).isEqualTo(accounts);
    assertThat(Snapshot.parse(Snapshot.EMPTY.text())).isEqualTo(Snapshot.EMPTY);
    assertThat(Event.parse(new Event(4, -5).text())).isEqualTo(new Event(4, -5));
  }

  @Test
  void shouldSayWhatAnEventIsExpectedToBe() {
    assertThatThrownBy(() -> Event.parse("gift"))
        .hasMessage("expected an event as \"basis=VERSION cents=AMOUNT\", but it was \"gift\"");
  }
}
