package io.castalia.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kafka's own administration tools. */
final class AdministrationToolsTest {

  private static final int PARTITIONS = 2;
  private static final String TOOLS = "org.apache.kafka.tools.";
  private static final String CONFIG_COMMAND = "kafka.admin.ConfigCommand";

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @Test
  void shouldCreateListDescribeAlterAndDeleteTopics() throws Exception {
    run(TOOLS + "TopicCommand", "--create", "--topic", "made", "--partitions", "2");
    assertThat(run(TOOLS + "TopicCommand", "--list").lines()).contains("made");
    assertThat(run(TOOLS + "TopicCommand", "--describe", "--topic", "made").text())
        .contains("PartitionCount: 2");

    run(TOOLS + "TopicCommand", "--alter", "--topic", "made", "--partitions", "5");
    assertThat(run(TOOLS + "TopicCommand", "--describe", "--topic", "made").text())
        .contains("PartitionCount: 5");

    run(TOOLS + "TopicCommand", "--delete", "--topic", "made");
    assertThat(run(TOOLS + "TopicCommand", "--list").lines()).doesNotContain("made");
  }

  @Test
  void shouldShowAndAlterTopicConfigurations() throws Exception {
    String topic = BROKER.newTopic(1);
    List<String> which = List.of("--entity-type", "topics", "--entity-name", topic);

    run(CONFIG_COMMAND, which, "--alter", "--add-config", "retention.ms=1234567");
    assertThat(run(CONFIG_COMMAND, which, "--describe").text()).contains("retention.ms=1234567");

    run(CONFIG_COMMAND, which, "--alter", "--delete-config", "retention.ms");
    assertThat(run(CONFIG_COMMAND, which, "--describe").text()).doesNotContain("1234567");
    assertThat(run(CONFIG_COMMAND, which, "--describe", "--all").text())
        .contains("retention.ms=604800000")
        .contains("max.message.bytes=1048588");
  }

  @Test
  void shouldTellOffsets() throws Exception {
    String topic = publishLog();

    assertThat(offsets(topic, "earliest")).isZero();
    assertThat(offsets(topic, "latest")).isEqualTo(AccessLog.lines().size());
  }

  @Test
  void shouldDeleteRecordsBeforeOffset() throws Exception {
    String topic = publishLog();
    long first = offset(topic, "latest", 0) / 2;
    Path wanted = Files.createTempFile("delete-records", ".json");
    Files.writeString(
        wanted,
        """
        {"version": 1, "partitions": [{"topic": "%s", "partition": 0, "offset": %d}]}
        """
            .formatted(topic, first));

    String answer =
        run(TOOLS + "DeleteRecordsCommand", "--offset-json-file", wanted.toString()).text();
    Files.delete(wanted);

    assertThat(answer).contains("low_watermark: " + first);
    assertThat(offset(topic, "earliest", 0)).isEqualTo(first);
  }

  @Test
  void shouldTellSizesOfLogs() throws Exception {
    String topic = publishLog();

    assertThat(run(TOOLS + "LogDirsCommand", "--describe", "--topic-list", topic).text())
        .contains("\"partition\":\"" + topic + "-0\"")
        .contains("\"partition\":\"" + topic + "-1\"");
  }

  @Test
  void shouldTellVersionsOfItsApi() throws Exception {
    assertThat(run(TOOLS + "BrokerApiVersionsCommand").text())
        .contains("Produce(0): ")
        .contains("Fetch(1): ")
        .contains("ApiVersions(18): 0 to ");
  }

  private static String publishLog() throws Exception {
    String topic = BROKER.newTopic(PARTITIONS);
    Tool.kafka(
            TOOLS + "ConsoleProducer", "--bootstrap-server", BROKER.bootstrap(), "--topic", topic)
        .from(AccessLog.file())
        .run();
    return topic;
  }

  /** Of all partitions together. */
  private static long offsets(String topic, String time) throws Exception {
    return sum(topic + ":", topic, time);
  }

  private static long offset(String topic, String time, int partition) throws Exception {
    return sum(topic + ":" + partition + ":", topic, time);
  }

  /** The tool prints {@code TOPIC:PARTITION:OFFSET}. */
  private static long sum(String start, String topic, String time) throws Exception {
    return run(TOOLS + "GetOffsetShell", "--topic", topic, "--time", time).lines().stream()
        .filter(line -> line.startsWith(start))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(':') + 1)))
        .sum();
  }

  private static Tool.Output run(String main, List<String> first, String... rest) throws Exception {
    List<String> arguments = new ArrayList<>(first);
    arguments.addAll(List.of(rest));
    return run(main, arguments.toArray(String[]::new));
  }

  private static Tool.Output run(String main, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--bootstrap-server", BROKER.bootstrap()));
    all.addAll(List.of(arguments));
    return Tool.kafka(main, all.toArray(String[]::new)).run();
  }
}
