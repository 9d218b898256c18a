package io.castalia.testkit.junit;

import io.castalia.testkit.cluster.SimulatedCluster;
import io.castalia.testkit.cluster.SimulatedClusterBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What an annotation asks for. */
final class ClusterPlan {
  private static final Pattern TOPIC = Pattern.compile("([^:]+?)(?::([1-9]\\d{0,5}))?");
  private static final Pattern SETTING = Pattern.compile("([^=]+)=(.*)");

  private ClusterPlan() {}

  /**
   * Reads an annotation.
   *
   * @param field whose it is, for messages
   * @throws ExtensionConfigurationException if a part of it is not of the form that it should have
   */
  static SimulatedClusterBuilder of(CastaliaCluster wanted, String field) {
    SimulatedClusterBuilder builder =
        SimulatedCluster.builder().nodes(wanted.nodes()).resolver(wanted.resolver());
    if (wanted.seed() != 0) {
      builder.seed(wanted.seed());
    }
    for (String topic : wanted.topics()) {
      Matcher parts = match(TOPIC, topic, field, "topic as NAME or NAME:PARTITIONS");
      String partitions = parts.group(2);
      builder.topic(parts.group(1), partitions == null ? 1 : Integer.parseInt(partitions));
    }
    for (String setting : wanted.settings()) {
      Matcher parts = match(SETTING, setting, field, "setting as KEY=VALUE");
      builder.setting(parts.group(1), parts.group(2));
    }
    return builder;
  }

  private static Matcher match(Pattern form, String text, String field, String expected) {
    Matcher matcher = form.matcher(text);
    if (!matcher.matches()) {
      throw new ExtensionConfigurationException(
          "expected a %s at field \"%s\", but got \"%s\"".formatted(expected, field, text));
    }
    return matcher;
  }
}
