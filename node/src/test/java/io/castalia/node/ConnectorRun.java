package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.api.CastaliaClient;
import io.castalia.api.Header;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.Connectors;
import io.castalia.streams.connect.RegistryCommand;
import io.castalia.streams.connect.RegistryReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Connectors by message, as a service uses them, and topics of one partition for them. */
public final class ConnectorRun {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_FETCH_BYTES = 1_000_000;

  private final ActorSystem<?> system;
  private final CastaliaClient client;

  public ConnectorRun(ActorSystem<?> system) {
    this.system = system;
    this.client = CastaliaClient.create(system, ASK_TIMEOUT);
  }

  /** They keep records whatever their time, which is of long ago for those that are published. */
  public void createTopics(String... topics) {
    for (String topic : topics) {
      join(client.createTopic(topic, 1, Map.of("retention.ms", "-1")));
    }
  }

  public void publish(String topic, String... values) {
    List<OutboundRecord> records =
        Arrays.stream(values)
            .map(value -> new OutboundRecord(null, bytes(value), 1, List.of()))
            .toList();
    join(client.produce(new TopicPartition(topic, 0), records, Optional.empty()));
  }

  private static ByteString bytes(String value) {
    return ByteString.fromString(value);
  }

  /** All records of a topic. */
  public List<InboundRecord> read(String topic) {
    return read(new TopicPartition(topic, 0));
  }

  private List<InboundRecord> read(TopicPartition partition) {
    List<InboundRecord> all = new ArrayList<>();
    long offset = 0;
    long end = 1;
    while (offset < end) {
      var fetched = join(client.fetch(partition, offset, MAX_FETCH_BYTES, Duration.ofMillis(50)));
      all.addAll(fetched.records());
      end = fetched.highWatermark();
      offset = fetched.nextOffset();
    }
    return all;
  }

  List<String> values(String topic) {
    return read(topic).stream().map(record -> text(record.value())).toList();
  }

  List<String> values(String topic, int partition) {
    return read(new TopicPartition(topic, partition)).stream()
        .map(record -> text(record.value()))
        .toList();
  }

  public static String text(@Nullable ByteString bytes) {
    return bytes == null ? "null" : bytes.utf8String();
  }

  /** A record's headers, each of which is there once. */
  static Map<String, String> headers(InboundRecord record) {
    return record.headers().stream()
        .collect(Collectors.toMap(Header::name, header -> text(header.value())));
  }

  public void awaitValues(String topic, String... values) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(values(topic)).containsExactly(values));
  }

  public RegistryReply create(String name, Map<String, String> config) {
    return ask(replyTo -> new RegistryCommand.Configure(name, config, true, replyTo));
  }

  /** Creates a connector whose configuration is as it should be. */
  void createOrFail(String name, Map<String, String> config) {
    assertThat(create(name, config)).isInstanceOf(RegistryReply.Described.class);
  }

  RegistryReply configure(String name, Map<String, String> config) {
    return ask(replyTo -> new RegistryCommand.Configure(name, config, false, replyTo));
  }

  public RegistryReply delete(String name) {
    return ask(replyTo -> new RegistryCommand.Delete(name, replyTo));
  }

  RegistryReply.Described describe(String name) {
    return (RegistryReply.Described) ask(replyTo -> new RegistryCommand.Describe(name, replyTo));
  }

  private RegistryReply ask(Function<ActorRef<RegistryReply>, RegistryCommand> command) {
    return join(AskPattern.ask(registry(), command, ASK_TIMEOUT, system.scheduler()));
  }

  private ActorRef<RegistryCommand> registry() {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Receptionist.Listing listing =
                  join(
                      AskPattern.ask(
                          system.receptionist(),
                          replyTo -> Receptionist.find(Connectors.SERVICE_KEY, replyTo),
                          ASK_TIMEOUT,
                          system.scheduler()));
              return listing.getServiceInstances(Connectors.SERVICE_KEY).stream().findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
