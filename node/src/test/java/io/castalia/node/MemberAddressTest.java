package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.apache.kafka.common.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberAddressTest {
  /** Some have digits of their own, which other nodes would not read. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "tr", "ar-EG", "fa"})
  void shouldReadWhatItWritesInEveryLocale(String locale) {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      String role = MemberAddress.role(17, new AdvertisedAddress("10.0.0.1", 9_092));

      assertThat(role).isEqualTo("kafka=17@10.0.0.1:9092");
      assertThat(MemberAddress.parse(role)).contains(new Node(17, "10.0.0.1", 9_092));
    } finally {
      Locale.setDefault(usual);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kafka=", "kafka=a@127.0.0.1:9092", "writer=17", "dc-a"})
  void shouldPassOverOtherRoles(String role) {
    assertThat(MemberAddress.parse(role)).isEmpty();
  }
}
