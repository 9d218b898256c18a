package io.castalia.streams.connect.http;

import io.castalia.streams.connect.BadRecordException;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.SinkPlugin;
import io.castalia.streams.connect.SinkWriter;
import io.castalia.streams.connect.TaskContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * {@code http-sink}: posts the value of each record, one after the other in each task. {@code
 * Idempotency-Key} is the record's topic, partition and offset, the same when it is posted again.
 */
public final class HttpSink implements SinkPlugin {
  private static final ConfigKey<String> URL =
      ConfigKey.of("http.url", "a URL with http or https", HttpSink::url, "where to post");
  private static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.millis("http.timeout.ms", "how long an answer may take")
          .withDefault(Duration.ofSeconds(30));

  private static final int FIRST_FAULT_OF_OURS = 400;
  private static final int FIRST_FAULT_OF_THEIRS = 500;

  /** Faults of ours that pass: timed out, too early, too many requests. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private static Optional<String> url(String text) {
    try {
      URI uri = URI.create(text.strip());
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null ? Optional.of(uri.toString()) : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  @Override
  public String type() {
    return "http-sink";
  }

  @Override
  public String description() {
    return "topics' records to a URL, by POST";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(URL, TIMEOUT);
  }

  @Override
  public SinkWriter open(TaskContext task) {
    return new Poster(task);
  }

  private record Poster(TaskContext task) implements SinkWriter {
    @Override
    public CompletionStage<Done> write(List<ConsumerRecord<byte[], byte[]>> records) {
      CompletionStage<Done> posted = CompletableFuture.completedStage(Done.getInstance());
      for (ConsumerRecord<byte[], byte[]> each : records) {
        posted = posted.thenCompose(done -> post(each));
      }
      return posted;
    }

    private CompletionStage<Done> post(ConsumerRecord<byte[], byte[]> record) {
      String id = "%s-%s-%s".formatted(record.topic(), record.partition(), record.offset());
      HttpRequest request =
          HttpRequest.POST(task.config().get(URL))
              .addHeader(RawHeader.create(Webhook.IDEMPOTENCY_HEADER, id))
              .withEntity(
                  ContentTypes.APPLICATION_OCTET_STREAM,
                  Optional.ofNullable(record.value()).orElse(new byte[0]));
      return Http.get(task.system())
          .singleRequest(request)
          .toCompletableFuture()
          .copy()
          .orTimeout(task.config().get(TIMEOUT).toMillis(), TimeUnit.MILLISECONDS)
          .thenApply(response -> accepted(id, response));
    }

    private Done accepted(String id, HttpResponse response) {
      response.discardEntityBytes(task.system());
      int code = response.status().intValue();
      if (code < FIRST_FAULT_OF_OURS) {
        return Done.getInstance();
      }
      String message =
          "expected %s to take record %s, but it answered %s"
              .formatted(task.config().get(URL), id, response.status());
      if (code < FIRST_FAULT_OF_THEIRS && !PASSING.contains(code)) {
        throw new BadRecordException(message);
      }
      throw new IllegalStateException(message);
    }

    @Override
    public void close() {
      // Connections are the actor system's.
    }
  }
}
