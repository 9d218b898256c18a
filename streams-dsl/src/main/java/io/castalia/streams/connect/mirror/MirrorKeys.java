package io.castalia.streams.connect.mirror;

import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConfigPrefix;
import java.util.Optional;

/** What both directions of a mirror have to know. */
final class MirrorKeys {
  static final ConfigKey<String> BOOTSTRAP =
      ConfigKey.of(
          "mirror.bootstrap.servers",
          "HOST:PORT, several between commas",
          text ->
              Optional.of(text.strip())
                  .filter(each -> each.matches("[^\\s,:]+:\\d{1,5}(\\s*,\\s*[^\\s,:]+:\\d{1,5})*")),
          "brokers of the other cluster");

  /** Before a topic's name on the side that is written. */
  static final ConfigKey<String> PREFIX =
      ConfigKey.of(
              "topic.prefix",
              "a text",
              Optional::of,
              "comes before a topic's name on the side that is written")
          .withDefault("");

  static final ConfigPrefix CLIENT =
      new ConfigPrefix(
          ClientProperties.PREFIX,
          "a property of Kafka's client",
          "handed on to the client that speaks to the other cluster, for TLS and SASL above all",
          ClientProperties::isSecret);

  private MirrorKeys() {}
}
