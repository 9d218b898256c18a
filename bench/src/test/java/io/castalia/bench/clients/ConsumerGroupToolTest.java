package io.castalia.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kafka's own tool for groups. The topic has one partition with the access log. */
final class ConsumerGroupToolTest {

  private static final String MAIN = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
  private static final String CONSOLE_CONSUMER = "org.apache.kafka.tools.consumer.ConsoleConsumer";
  private static final int SIZE = AccessLog.lines().size();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static Admin admin;

  private String topic = "";
  private String group = "";

  @BeforeAll
  static void open() {
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrap()));
  }

  @AfterAll
  static void close() {
    admin.close();
  }

  @BeforeEach
  void publishLog() throws Exception {
    topic = BROKER.newTopic(1);
    group = "group-of-" + topic;
    JavaWriter.publish(BROKER.bootstrap(), topic, "none");
  }

  @Test
  void shouldDescribeGroupThatConsoleConsumerHasRead() throws Exception {
    read(600);

    assertThat(run("--list").lines()).contains(group);
    assertThat(offsets()).isEqualTo(List.of("600", "" + SIZE, "" + (SIZE - 600), "-"));
    assertThat(column(describe("--state"), "STATE")).isEqualTo("Empty");
    assertThat(run("--list", "--state").text()).containsPattern(group + " .*Empty");
  }

  @Test
  void shouldDescribeMembers() throws Exception {
    try (KafkaConsumer<byte[], byte[]> member = member()) {
      join(member);
      member.commitSync(Map.of(partition(), new OffsetAndMetadata(7)));

      List<List<String>> members = describe("--members", "--verbose");
      assertThat(column(members, "CLIENT-ID")).isEqualTo("till");
      assertThat(column(members, "HOST")).isEqualTo("/127.0.0.1");
      assertThat(column(members, "#PARTITIONS")).isEqualTo("1");
      assertThat(members.toString()).contains(topic);
      List<List<String>> state = describe("--state");
      assertThat(column(state, "STATE")).isEqualTo("Stable");
      assertThat(column(state, "#MEMBERS")).isEqualTo("1");
      assertThat(state.toString()).contains("range");
      assertThat(offsets().subList(0, 3)).isEqualTo(List.of("7", "" + SIZE, "" + (SIZE - 7)));
      assertThat(offsets().get(3)).startsWith("till-");
    }
  }

  @Test
  void shouldResetByOffset() throws Exception {
    commit(600);

    assertReset(500, "--to-offset", "500");
    assertReset(450, "--shift-by", "-50");
    assertReset(SIZE, "--shift-by", "1000000");
    assertReset(0, "--to-earliest");
    assertReset(SIZE, "--to-latest");
    assertReset(0, "--to-offset", "0");
  }

  @Test
  void shouldResetByTime() throws Exception {
    commit(600);

    Instant tenth = Instant.ofEpochMilli(JavaWriter.FIRST_TIMESTAMP + 10 * JavaWriter.STEP_MS);
    assertReset(10, "--to-datetime", tenth.toString().replace("Z", ".000Z"));
    assertReset(SIZE, "--by-duration", "PT1H");
    assertReset(0, "--by-duration", "P9000D");
  }

  @Test
  void shouldOnlyTellWhatDryRunWouldDo() throws Exception {
    commit(600);

    run(resetTo(List.of("--to-earliest", "--dry-run")));

    assertThat(committed()).isEqualTo(600);
  }

  @Test
  void shouldGoOnWhereGroupWasResetTo() throws Exception {
    read(600);
    run(resetTo(List.of("--to-offset", "3", "--execute")));

    assertThat(read(2)).isEqualTo(AccessLog.lines().subList(3, 5));
  }

  @Test
  void shouldDeleteOffsetsAndGroup() throws Exception {
    commit(600);

    run("--delete-offsets", "--group", group, "--topic", topic);
    assertThat(describe("--offsets").toString()).doesNotContain("600");

    commit(1);
    run("--delete", "--group", group);
    assertThat(run("--list").lines()).doesNotContain(group);
  }

  @Test
  void shouldNotTouchGroupInUse() throws Exception {
    try (KafkaConsumer<byte[], byte[]> member = member()) {
      join(member);

      assertThat(tool("--delete", "--group", group).runToAnyEnd().text())
          .contains("GroupNotEmptyException");
      assertThat(tool(resetTo(List.of("--to-earliest", "--execute"))).runToAnyEnd().text())
          .containsIgnoringCase("inactive");
      assertThat(describe("--members")).isNotEmpty();
    }
  }

  private void assertReset(long expected, String... how) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(how));
    all.add("--execute");
    List<List<String>> told = table(run(resetTo(all)));
    assertThat(column(told, "NEW-OFFSET")).isEqualTo(Long.toString(expected));
    assertThat(committed()).isEqualTo(expected);
  }

  private void commit(long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(group, Map.of(partition(), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private long committed() throws Exception {
    var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return Objects.requireNonNull(offsets.get(partition())).offset();
  }

  private TopicPartition partition() {
    return new TopicPartition(topic, 0);
  }

  private String[] resetTo(List<String> how) {
    List<String> all =
        new ArrayList<>(List.of("--reset-offsets", "--group", group, "--topic", topic));
    all.addAll(how);
    return all.toArray(String[]::new);
  }

  /** Current offset, end of the log, lag, and member of the only partition. */
  private List<String> offsets() throws Exception {
    List<List<String>> table = describe("--offsets");
    return List.of(
        column(table, "CURRENT-OFFSET"),
        column(table, "LOG-END-OFFSET"),
        column(table, "LAG"),
        column(table, "CONSUMER-ID"));
  }

  private List<List<String>> describe(String... what) throws Exception {
    List<String> all = new ArrayList<>(List.of("--describe", "--group", group));
    all.addAll(Arrays.asList(what));
    return table(run(all.toArray(String[]::new)));
  }

  /** What the tool printed as a table: words, with the titles in the first line. */
  private static List<List<String>> table(Tool.Output output) {
    return output.lines().stream()
        .filter(line -> !line.isBlank())
        .dropWhile(line -> !line.startsWith("GROUP"))
        .map(line -> List.of(line.trim().split("\\s+")))
        .toList();
  }

  /** What the first row has below a title. Only the last columns may have several words. */
  private static String column(List<List<String>> table, String title) {
    assertThat(table).as("a row below its titles").hasSizeGreaterThan(1);
    Map<String, String> row = new HashMap<>();
    List<String> titles = table.get(0);
    for (int i = 0; i < titles.size(); i++) {
      row.put(titles.get(i), table.get(1).get(i));
    }
    assertThat(row).containsKey(title);
    return row.getOrDefault(title, "");
  }

  private List<String> read(int count) throws Exception {
    return Tool.kafka(
            CONSOLE_CONSUMER,
            "--bootstrap-server",
            BROKER.bootstrap(),
            "--topic",
            topic,
            "--group",
            group,
            "--from-beginning",
            "--max-messages",
            Integer.toString(count))
        .run()
        .lines();
  }

  private KafkaConsumer<byte[], byte[]> member() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            BROKER.bootstrap(),
            ConsumerConfig.CLIENT_ID_CONFIG,
            "till",
            ConsumerConfig.GROUP_ID_CONFIG,
            group,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void join(KafkaConsumer<byte[], byte[]> member) {
    member.subscribe(List.of(topic));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              member.poll(Duration.ofMillis(100));
              return !member.assignment().isEmpty();
            });
  }

  private static Tool.Output run(String... arguments) throws Exception {
    return tool(arguments).run();
  }

  private static Tool tool(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--bootstrap-server", BROKER.bootstrap()));
    all.addAll(Arrays.asList(arguments));
    return Tool.kafka(MAIN, all.toArray(String[]::new));
  }
}
