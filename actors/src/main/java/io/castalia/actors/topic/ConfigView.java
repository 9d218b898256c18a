package io.castalia.actors.topic;

import io.castalia.actors.topic.ConfigDefinition.Synonym;
import io.castalia.actors.topic.ConfigEntry.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/**
 * Every configuration of topics and brokers with its value and where that comes from, for
 * DescribeConfigs. A view of one catalog; entries are in the order of their names.
 */
public final class ConfigView {
  private final Map<String, String> dynamic;
  private final Map<String, String> fixed;

  private ConfigView(Map<String, String> dynamic, Map<String, String> fixed) {
    this.dynamic = dynamic;
    this.fixed = fixed;
  }

  public static ConfigView of(TopicCatalog catalog) {
    return new ConfigView(catalog.brokerConfigs(), catalog.staticBrokerConfigs());
  }

  /** All configurations of a topic. */
  public List<ConfigEntry> topic(TopicDescription topic) {
    return TopicConfigs.all().stream().map(each -> topicEntry(each, topic)).toList();
  }

  /**
   * All configurations of a node.
   *
   * @param facts what the node itself knows by Kafka's names (advertised.listeners, node.id, ...),
   *     shown read-only
   */
  public List<ConfigEntry> broker(Map<String, String> facts) {
    Map<String, String> all = new HashMap<>(fixed);
    all.putAll(facts);
    TreeSet<String> names = new TreeSet<>(all.keySet());
    BrokerConfigs.all().forEach(each -> names.add(each.name()));
    return names.stream().map(name -> brokerEntry(name, all)).toList();
  }

  /** The cluster-wide dynamic broker configuration: overrides only, as Kafka shows it. */
  public List<ConfigEntry> clusterDefaults() {
    return new TreeSet<>(dynamic.keySet())
        .stream().map(name -> brokerEntry(name, Map.of())).toList();
  }

  /** How many partitions a topic gets when it is created without saying how many. */
  public int defaultPartitions() {
    return Integer.parseInt(brokerValue(BrokerConfigs.NUM_PARTITIONS));
  }

  /** Whether topics are created when a client asks for one that does not exist. */
  public boolean autoCreateTopics() {
    return Boolean.parseBoolean(brokerValue(BrokerConfigs.AUTO_CREATE_TOPICS_ENABLE));
  }

  private String brokerValue(String name) {
    return brokerEntry(name, fixed).value().orElseThrow().trim();
  }

  private ConfigEntry topicEntry(ConfigDefinition definition, TopicDescription topic) {
    List<Candidate> candidates = new ArrayList<>();
    add(candidates, definition.name(), topic.configs(), ConfigSource.TOPIC_CONFIG);
    String value = definition.defaultValue().orElseThrow();
    if (!candidates.isEmpty()) {
      value = candidates.get(0).value();
    }
    for (Synonym synonym : definition.synonyms()) {
      List<Candidate> inherited = brokerCandidates(synonym.name(), fixed);
      if (candidates.isEmpty() && !inherited.isEmpty()) {
        value = synonym.toTopicValue(inherited.get(0).value());
      }
      candidates.addAll(inherited);
    }
    return new ConfigEntry(
        definition.name(),
        Optional.of(value),
        sourceOf(candidates),
        definition.rule().type(),
        false,
        candidates,
        definition.documentation());
  }

  private ConfigEntry brokerEntry(String name, Map<String, String> fixedValues) {
    Optional<ConfigDefinition> definition = BrokerConfigs.find(name);
    ConfigType type = definition.map(known -> known.rule().type()).orElseGet(() -> typeOf(name));
    List<Candidate> candidates = brokerCandidates(name, fixedValues);
    boolean hidden = type == ConfigType.PASSWORD;
    return new ConfigEntry(
        name,
        candidates.stream().findFirst().filter(first -> !hidden).map(Candidate::value),
        sourceOf(candidates),
        type,
        !BrokerConfigs.dynamic(name),
        hidden ? List.of() : candidates,
        definition.map(ConfigDefinition::documentation).orElse(""));
  }

  private List<Candidate> brokerCandidates(String name, Map<String, String> fixedValues) {
    List<Candidate> candidates = new ArrayList<>();
    add(candidates, name, dynamic, ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
    add(candidates, name, fixedValues, ConfigSource.STATIC_BROKER_CONFIG);
    BrokerConfigs.find(name)
        .flatMap(ConfigDefinition::defaultValue)
        .ifPresent(
            value -> candidates.add(new Candidate(name, value, ConfigSource.DEFAULT_CONFIG)));
    return candidates;
  }

  private static void add(
      List<Candidate> candidates, String name, Map<String, String> values, ConfigSource source) {
    String value = values.get(name);
    if (value != null) {
      candidates.add(new Candidate(name, value, source));
    }
  }

  private static ConfigSource sourceOf(List<Candidate> candidates) {
    return candidates.isEmpty() ? ConfigSource.DEFAULT_CONFIG : candidates.get(0).source();
  }

  /** A node's fact that is in no table: text, unless its name says that it is a secret. */
  private static ConfigType typeOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean secret =
        lower.endsWith("password") || lower.endsWith("secret") || lower.endsWith("jaas.config");
    return secret ? ConfigType.PASSWORD : ConfigType.STRING;
  }
}
