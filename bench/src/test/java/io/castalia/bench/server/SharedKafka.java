package io.castalia.bench.server;

import io.castalia.testkit.node.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One Kafka for all test classes: started by the first, stopped after the last. Beside its open
 * listener it has one with TLS and a password.
 */
public final class SharedKafka extends Shared<SharedKafka.Running> {
  private static final String PASSWORD = "correct-horse";
  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"mirror\""
          + " password=\"%s\"".formatted(PASSWORD);

  /** A broker that is wanted, and started when it is first used. */
  public SharedKafka() {
    super(Running.class, Running::start);
  }

  record Running(Broker broker, String guarded, Path keys) implements AutoCloseable {

    private static Running start() {
      Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("shared-kafka"));
      Path keys = makeKeys(work);
      String guarded = "127.0.0.1:" + FreePorts.next();
      Broker broker =
          KafkaBroker.listening(
              work.resolve("kafka"),
              "SASL_SSL://" + guarded,
              List.of(
                  "listener.security.protocol.map="
                      + "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL",
                  "sasl.enabled.mechanisms=PLAIN",
                  "listener.name.sasl_ssl.plain.sasl.jaas.config="
                      + LOGIN_MODULE
                      + " user_mirror=\"%s\";".formatted(PASSWORD),
                  "ssl.keystore.type=PKCS12",
                  "ssl.keystore.location=" + keys,
                  "ssl.keystore.password=" + PASSWORD,
                  "ssl.key.password=" + PASSWORD));
      broker.start();
      return new Running(broker, guarded, keys);
    }

    private static Path makeKeys(Path work) {
      Path keys = work.resolve("keys.p12").toAbsolutePath();
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-genkeypair",
              "-alias",
              "kafka",
              "-keyalg",
              "EC",
              "-validity",
              "2",
              "-dname",
              "CN=kafka",
              "-ext",
              "SAN=ip:127.0.0.1",
              "-storetype",
              "PKCS12",
              "-keystore",
              keys.toString(),
              "-storepass",
              PASSWORD);
      try {
        Files.createDirectories(work);
        Process keytool =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("keytool.out").toFile())
                .start();
        if (keytool.waitFor() != 0) {
          throw new IllegalStateException("expected a key from " + command);
        }
        return keys;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while making a key", e);
      }
    }

    @Override
    public void close() {
      broker.close();
    }
  }

  public Broker broker() {
    return running().broker();
  }

  /** HOST:PORT of the listener with TLS and a password. */
  public String guarded() {
    return running().guarded();
  }

  /** What a client needs for that listener. */
  public Map<String, String> credentials() {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN_MODULE + ";",
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        running().keys().toString(),
        "ssl.truststore.password",
        PASSWORD);
  }
}
