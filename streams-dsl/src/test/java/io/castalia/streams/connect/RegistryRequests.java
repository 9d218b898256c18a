package io.castalia.streams.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.connect.RegistryCommand.Configure;
import io.castalia.streams.connect.RegistryCommand.Named;
import io.castalia.streams.connect.RegistryEvent.Configured;
import io.castalia.streams.connect.RegistryReply.Reason;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a registry is asked in tests, about connectors of the kinds in the box. */
final class RegistryRequests {
  static final ActorRef<RegistryReply> ASKER = TestInbox.<RegistryReply>create().getRef();
  static final Map<String, String> CONFIG =
      Map.of("connector.class", "file-source", "files", "/a,/b,/c", "topic", "t");
  static final RegistryLogic LOGIC = new RegistryLogic(BuiltInPlugins.table());

  /** No connector is there. */
  static final RegistryState ABSENT = RegistryState.EMPTY;

  /** Connector "c" is. */
  static final RegistryState RUNS = ABSENT.after(new Configured("c", CONFIG, 1));

  private RegistryRequests() {}

  static Configure creating(String name, Map<String, String> config) {
    return new Configure(name, config, true, ASKER);
  }

  static Configure changing(String name, Map<String, String> config) {
    return new Configure(name, config, false, ASKER);
  }

  /** The right configuration with another value; null takes the key away. */
  static Map<String, String> with(String key, @Nullable String value) {
    Map<String, String> changed = new HashMap<>(CONFIG);
    if (value == null) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return changed;
  }

  /** What is said to a command that is refused since its configuration is wrong. */
  static String complaint(Named command, RegistryState state) {
    var decision = LOGIC.decide(state, command);
    assertThat(decision.event()).isEmpty();
    RegistryReply.Refused refusal = decision.refusal().orElseThrow();
    assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
    return refusal.message();
  }
}
