package io.castalia.streams.connect.http;

import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.SourcePlugin;
import io.castalia.streams.connect.SourceRecord;
import io.castalia.streams.connect.TaskContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * {@code http-source}: a webhook. The body of each POST is a record; the answer is 200 when it is
 * durable.
 */
public final class HttpSource implements SourcePlugin {
  static final ConfigKey<String> HOST =
      ConfigKey.text("http.host", "the address to listen on").withDefault("127.0.0.1");
  static final ConfigKey<Integer> PORT =
      ConfigKey.of(
          "http.port",
          "a port from 1 to 65535",
          HttpSource::port,
          "the port to listen on, on the node where the task runs");
  static final ConfigKey<String> PATH =
      ConfigKey.text("http.path", "the path to post to").withDefault("/");
  static final ConfigKey<Integer> WAITING =
      ConfigKey.count("http.waiting.max", 1, "requests that wait for their record to be durable")
          .withDefault(1_000);

  private static final int MAX_PORT = 65_535;

  private static Optional<Integer> port(String text) {
    return text.matches("\\d{1,5}")
        ? Optional.of(Integer.valueOf(text)).filter(port -> port >= 1 && port <= MAX_PORT)
        : Optional.empty();
  }

  @Override
  public String type() {
    return "http-source";
  }

  @Override
  public String description() {
    return "a webhook: the body of each POST to a topic";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(HOST, PORT, PATH, WAITING, CommonKeys.TOPIC);
  }

  /** What was posted and is not durable is for the poster to post again: there are no positions. */
  @Override
  public Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions) {
    return Source.<SourceRecord>queue(task.config().get(WAITING))
        .mapMaterializedValue(queue -> Webhook.bind(task, queue))
        .watchTermination(
            (webhook, ended) -> {
              var unused = ended.whenComplete((done, failure) -> webhook.unbind());
              return NotUsed.getInstance();
            });
  }
}
