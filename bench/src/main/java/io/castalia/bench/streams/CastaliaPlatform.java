package io.castalia.bench.streams;

import io.castalia.bench.applications.Job;
import io.castalia.bench.server.CassandraServer;
import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.ServerProcess;
import io.castalia.testkit.node.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Cassandra, a node, and applications that are members of the node's cluster. */
public final class CastaliaPlatform implements Platform {
  private static final String MAIN = "io.castalia.bench.applications.CastaliaApplication";

  /** What the launcher gives a node, and warnings on the console. */
  private static final List<String> JVM =
      List.of(
          "-XX:+UseParallelGC",
          "-Djava.awt.headless=true",
          "-Dfile.encoding=UTF-8",
          "-Dlogback.configurationFile=castalia-application-logback.xml");

  private final Path directory;
  private final int clusterPort = FreePorts.next();
  private final CassandraServer cassandra;
  private final CastaliaNode node;
  private final ClassArchive classes;
  private int launches;

  /**
   * A platform that is not started yet.
   *
   * @param directory for what its processes keep and print
   */
  public CastaliaPlatform(Path directory) {
    this.directory = directory;
    this.classes = new ClassArchive(directory.resolve("application.jsa"));
    this.cassandra = new CassandraServer(directory.resolve("cassandra"));
    this.node =
        new CastaliaNode(
            directory.resolve("node"),
            List.of(
                "--cluster-port",
                Integer.toString(clusterPort),
                "--seed",
                "127.0.0.1:" + clusterPort,
                "--admin-port",
                "-1",
                "--cassandra",
                cassandra.contactPoint()),
            Map.of());
  }

  @Override
  public String name() {
    return "Castalia";
  }

  @Override
  public String bootstrap() {
    return node.bootstrap();
  }

  @Override
  public void start() {
    cassandra.start();
    node.start();
  }

  @Override
  public ServerProcess launch(Job job, String heap) {
    return launch(MAIN, job.arguments(), heap, classes.options());
  }

  @Override
  public boolean isTrained() {
    return classes.isMade();
  }

  /**
   * Starts a member of the cluster and does not wait.
   *
   * @param main its main class, in {@code bench/applications}
   * @param arguments that come before those which tell it where the cluster is
   */
  public ServerProcess launch(String main, List<String> arguments, String heap) {
    return launch(main, arguments, heap, List.of());
  }

  private ServerProcess launch(
      String main, List<String> arguments, String heap, List<String> archive) {
    List<String> command = new ArrayList<>(List.of(ProjectPaths.java(), "-Xmx" + heap));
    command.addAll(JVM);
    command.addAll(archive);
    command.addAll(
        List.of("-cp", ProjectPaths.of(Job.class) + ":" + ProjectPaths.nodeClassPath(), main));
    command.addAll(arguments);
    command.addAll(
        List.of(
            "127.0.0.1:" + clusterPort,
            cassandra.contactPoint(),
            Integer.toString(FreePorts.next())));
    launches++;
    return ServerProcess.start(
        "the application with Castalia",
        command,
        Map.of(),
        directory.resolve("application-" + launches + ".out"));
  }

  @Override
  public List<ProcessHandle> servers() {
    List<ProcessHandle> servers = new ArrayList<>(node.processes());
    servers.addAll(cassandra.processes());
    return servers;
  }

  @Override
  public void close() {
    node.close();
    cassandra.close();
  }
}
