package io.castalia.streams.connect.file;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.Blocking;
import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConnectorConfig;
import io.castalia.streams.connect.SourcePlugin;
import io.castalia.streams.connect.SourceRecord;
import io.castalia.streams.connect.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * {@code file-source}: lines of files, as they are written, to a topic. A record's key is the
 * file's path, so that the lines of a file stay in order.
 */
public final class FileSource implements SourcePlugin {
  private static final ConfigKey<List<String>> FILES =
      ConfigKey.list("files", "the files' paths; each is read by one task");
  private static final ConfigKey<Pattern> FIRST_LINE =
      ConfigKey.of(
          "multiline.first",
          "a regular expression",
          FileSource::pattern,
          "what the first line of a record of several lines matches somewhere");
  private static final ConfigKey<Duration> PATIENCE =
      ConfigKey.millis(
              "multiline.timeout.ms",
              "how long a record of several lines, or a renamed file, waits for its next line")
          .withDefault(Duration.ofSeconds(1));
  private static final ConfigKey<Duration> INTERVAL =
      ConfigKey.millis("poll.interval.ms", "how often to look at a file that does not grow")
          .withDefault(Duration.ofMillis(250));

  private static Optional<Pattern> pattern(String text) {
    try {
      return Optional.of(Pattern.compile(text));
    } catch (PatternSyntaxException notOne) {
      return Optional.empty();
    }
  }

  @Override
  public String type() {
    return "file-source";
  }

  @Override
  public String description() {
    return "lines of growing files to a topic";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(FILES, CommonKeys.TOPIC, FIRST_LINE, PATIENCE, INTERVAL);
  }

  @Override
  public List<ConfigKey<?>> optional() {
    return List.of(FIRST_LINE);
  }

  @Override
  public int tasks(ConnectorConfig config) {
    return config.get(FILES).size();
  }

  @Override
  public boolean reads(TaskContext task, String piece) {
    return files(task).contains(piece);
  }

  private static List<String> files(TaskContext task) {
    List<String> files = task.config().get(FILES);
    return IntStream.range(0, files.size()).filter(task::takes).mapToObj(files::get).toList();
  }

  @Override
  public Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions) {
    List<String> own = files(task);
    return Source.from(own)
        .flatMapMerge(
            Math.max(1, own.size()),
            file -> follow(task, file, Optional.ofNullable(positions.get(file))));
  }

  private static Source<SourceRecord, NotUsed> follow(
      TaskContext task, String file, Optional<String> position) {
    String topic = task.config().get(CommonKeys.TOPIC);
    ByteString key = ByteString.fromString(file);
    return Source.lazySource(
            () -> {
              FileTail tail =
                  new FileTail(
                      Path.of(file),
                      task.config().find(FIRST_LINE),
                      task.config().get(PATIENCE),
                      position.flatMap(FileMark::parse));
              return Source.unfoldAsync(tail, each -> read(task, each))
                  .mapConcat(found -> found)
                  .watchTermination((ignored, ended) -> ended.whenComplete((d, f) -> close(tail)));
            })
        .mapMaterializedValue(ignored -> NotUsed.getInstance())
        .map(
            found ->
                SourceRecord.of(
                    topic,
                    new OutboundRecord(
                        key, found.line().bytes(), System.currentTimeMillis(), List.of()),
                    new SourceRecord.Position(file, found.mark().text())));
  }

  private static CompletionStage<Optional<Pair<FileTail, List<FileTail.Found>>>> read(
      TaskContext task, FileTail tail) {
    return Blocking.run(task.system(), tail::read)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? Patterns.after(
                        task.config().get(INTERVAL),
                        task.system().classicSystem(),
                        () -> CompletableFuture.completedStage(found))
                    : CompletableFuture.completedStage(found))
        .thenApply(found -> Optional.of(Pair.create(tail, found)));
  }

  private static void close(FileTail tail) {
    try {
      tail.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
