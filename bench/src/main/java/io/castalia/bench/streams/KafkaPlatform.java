package io.castalia.bench.streams;

import io.castalia.bench.applications.Job;
import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A broker of Kafka, and applications with Kafka Streams. */
final class KafkaPlatform implements Platform {
  private static final String MAIN = "io.castalia.bench.applications.KafkaApplication";

  private final Path directory;
  private final Broker broker;
  private final int sessionMillis;
  private final ClassArchive classes;
  private int launches;

  /**
   * A platform that is not started yet.
   *
   * @param directory for what the applications keep and print
   * @param sessionMillis after which an application that was killed is missed
   */
  KafkaPlatform(Path directory, Broker broker, int sessionMillis) {
    this.directory = directory;
    this.classes = new ClassArchive(directory.resolve("application.jsa"));
    this.broker = broker;
    this.sessionMillis = sessionMillis;
  }

  @Override
  public String name() {
    return "Kafka Streams, " + broker.name();
  }

  @Override
  public String bootstrap() {
    return broker.bootstrap();
  }

  @Override
  public void start() {
    broker.start();
  }

  @Override
  public ServerProcess launch(Job job, String heap) {
    List<String> command = new ArrayList<>(List.of(ProjectPaths.java(), "-Xmx" + heap));
    command.addAll(classes.options());
    command.addAll(
        List.of("-cp", ProjectPaths.of(Job.class) + ":" + ProjectPaths.kafkaClassPath(), MAIN));
    command.addAll(job.arguments());
    command.addAll(
        List.of(
            broker.bootstrap(),
            directory.resolve("state").toString(),
            Integer.toString(sessionMillis)));
    launches++;
    return ServerProcess.start(
        "the application with Kafka Streams",
        command,
        Map.of(),
        directory.resolve("application-" + launches + ".out"));
  }

  @Override
  public boolean isTrained() {
    return classes.isMade();
  }

  @Override
  public List<ProcessHandle> servers() {
    return broker.processes();
  }

  @Override
  public void close() {
    broker.close();
  }
}
