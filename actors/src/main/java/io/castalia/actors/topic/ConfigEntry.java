package io.castalia.actors.topic;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/**
 * One configuration of a topic or of the brokers as DescribeConfigs shows it.
 *
 * @param name Kafka's name
 * @param value the effective value; empty when there is none, or when it must not be shown
 * @param source where the value comes from
 * @param type the value's type; passwords are sensitive and not shown
 * @param readOnly whether it cannot be altered while the cluster runs
 * @param synonyms what the value was chosen from, the winner first
 * @param documentation for people
 */
public record ConfigEntry(
    String name,
    Optional<String> value,
    ConfigSource source,
    ConfigType type,
    boolean readOnly,
    List<Candidate> synonyms,
    String documentation) {
  public ConfigEntry {
    synonyms = List.copyOf(synonyms);
  }

  /** Whether the value must not be shown. */
  public boolean sensitive() {
    return type == ConfigType.PASSWORD;
  }

  /**
   * One place where a value for the configuration stands.
   *
   * @param name the name there: the configuration's own or a broker-level synonym
   * @param value the value there, in the unit of that name
   * @param source which place it is
   */
  public record Candidate(String name, String value, ConfigSource source) {}
}
