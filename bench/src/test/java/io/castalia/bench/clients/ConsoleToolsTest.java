package io.castalia.bench.clients;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Command-line clients that publish the access log and read it back, in every pairing that matters.
 */
final class ConsoleToolsTest {

  private static final int PARTITIONS = 3;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @Test
  void shouldCarryLogFromKafkasConsoleProducerToEveryReader() throws Exception {
    String topic = BROKER.newTopic(PARTITIONS);

    Tool.kafka(
            "org.apache.kafka.tools.ConsoleProducer",
            "--bootstrap-server",
            BROKER.bootstrap(),
            "--topic",
            topic)
        .from(AccessLog.file())
        .run();

    PartitionedLines.assertComplete(readWithConsoleConsumer(topic), AccessLog.lines());
    PartitionedLines.assertComplete(readWithJava(topic), AccessLog.lines());
  }

  @Test
  void shouldCarryLogFromKcatToKcatAndToKafkasConsoleConsumer() throws Exception {
    Tool.assumeInstalled("kcat", "-V");
    String topic = BROKER.newTopic(PARTITIONS);

    Tool.program(
            "kcat", "-b", BROKER.bootstrap(), "-t", topic, "-P", "-l", AccessLog.file().toString())
        .run();

    PartitionedLines.assertComplete(readWithKcat(topic), AccessLog.lines());
    PartitionedLines.assertComplete(readWithConsoleConsumer(topic), AccessLog.lines());
  }

  @Test
  void shouldCarryCompressedLogFromIdempotentKcat() throws Exception {
    Tool.assumeInstalled("kcat", "-V");
    for (String codec : List.of("gzip", "snappy", "lz4", "zstd")) {
      String topic = BROKER.newTopic(PARTITIONS);

      Tool.program(
              "kcat",
              "-b",
              BROKER.bootstrap(),
              "-t",
              topic,
              "-z",
              codec,
              "-X",
              "enable.idempotence=true",
              "-P",
              "-l",
              AccessLog.file().toString())
          .run();

      PartitionedLines.assertComplete(readWithJava(topic), AccessLog.lines());
    }
  }

  @Test
  void shouldCarryLogFromCastaliasProduceToItsConsume() throws Exception {
    Assumptions.assumeFalse(SharedBroker.isKafka(), "Castalia's commands are tried on Castalia");
    String topic = BROKER.newTopic(1);

    Tool.castalia("produce", topic, "--bootstrap", BROKER.bootstrap()).from(AccessLog.file()).run();

    List<String> read =
        Tool.castalia(
                "consume",
                topic,
                "--bootstrap",
                BROKER.bootstrap(),
                "--from-beginning",
                "--count",
                Integer.toString(AccessLog.lines().size()))
            .run()
            .lines();
    PartitionedLines.assertComplete(List.of(read), AccessLog.lines());
    PartitionedLines.assertComplete(readWithJava(topic), AccessLog.lines());
  }

  private static List<List<String>> readWithJava(String topic) {
    return JavaReader.read(BROKER.bootstrap(), topic);
  }

  private static List<List<String>> readWithConsoleConsumer(String topic) throws Exception {
    List<List<String>> partitions = new ArrayList<>();
    for (List<String> expected : readWithJava(topic)) {
      String partition = Integer.toString(partitions.size());
      List<String> read = List.of();
      if (!expected.isEmpty()) {
        read = consolePartition(topic, partition, Integer.toString(expected.size()));
      }
      partitions.add(read);
    }
    return partitions;
  }

  private static List<String> consolePartition(String topic, String partition, String count)
      throws Exception {
    return Tool.kafka(
            "org.apache.kafka.tools.consumer.ConsoleConsumer",
            "--bootstrap-server",
            BROKER.bootstrap(),
            "--topic",
            topic,
            "--partition",
            partition,
            "--offset",
            "earliest",
            "--max-messages",
            count)
        .run()
        .lines();
  }

  private static List<List<String>> readWithKcat(String topic) throws Exception {
    List<List<String>> partitions = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      partitions.add(
          Tool.program(
                  "kcat",
                  "-b",
                  BROKER.bootstrap(),
                  "-t",
                  topic,
                  "-C",
                  "-q",
                  "-e",
                  "-o",
                  "beginning",
                  "-p",
                  Integer.toString(partition))
              .run()
              .lines());
    }
    return partitions;
  }
}
