package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** What is measured of partitions moves when the thing happens. */
class PartitionMetersTest extends PartitionActorBase {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void shouldMeasureAppendsOnceTheyAreAcknowledged() {
    ByteString first = Batches.plain("a", "b");
    ByteString second = Batches.plain("c");
    journal.recover();
    append(first);
    PartitionEvent write = journal.nextWrite();
    append(second);
    assertThat(counter("castalia.log.appended.records")).isZero();

    journal.confirm(write, partition);
    journal.confirm(journal.nextWrite(), partition);
    results.receiveSeveralMessages(2);

    assertThat(counter("castalia.log.appended.records")).isEqualTo(3);
    assertThat(counter("castalia.log.appended")).isEqualTo(first.length() + second.length());
    assertThat(timer("castalia.log.append.duration")).isEqualTo(2);
  }

  @Test
  void shouldCountRecordsThatAreDeleted() {
    journal.recover();
    write(Batches.plain("a", "b", "c"));
    TestProbe<OffsetResult> deleted = kit.createTestProbe();

    partition.tell(new DeleteRecords(2, deleted.getRef()));
    journal.confirm(journal.nextWrite(), partition);
    deleted.receiveMessage();

    assertThat(counter("castalia.log.deleted.records")).isEqualTo(2);
  }

  @Test
  void shouldMeasureHowLogsAreOpened() {
    new PartitionMeters(meters).watch(openLogs);
    assertThat(gauge("castalia.partitions.open")).isZero();

    journal.recover();
    write(Batches.plain("a"));

    assertThat(timer("castalia.partition.activation.duration")).isEqualTo(1);
    assertThat(gauge("castalia.partitions.open")).isEqualTo(1);
    assertThat(counter("castalia.partition.failures")).isZero();
  }

  @Test
  void shouldCountLogsThatFail() {
    journal.recover();
    journal.failNextWrite(new IllegalStateException("store away"));

    append(Batches.plain("a"));

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.KAFKA_STORAGE_ERROR);
    await().atMost(LIMIT).until(() -> counter("castalia.partition.failures") == 1);
    journal.recover();
    write(Batches.plain("a"));
    assertThat(timer("castalia.partition.activation.duration")).isEqualTo(2);
  }

  @Test
  void shouldCountTheRecordsOfAllBatchesThatAreRead() {
    ByteString two = Batches.plain("a", "b");
    ByteString one = Batches.plain("c");
    FetchResult read =
        FetchResult.refused(Errors.NONE).with(Errors.NONE, List.of(two.concat(one), one));

    new PartitionMeters(meters).fetched(read);

    assertThat(counter("castalia.log.fetched.records")).isEqualTo(4);
    assertThat(counter("castalia.log.fetched")).isEqualTo(two.length() + 2 * one.length());
  }

  private double counter(String name) {
    return meters.get(name).counter().count();
  }

  private long timer(String name) {
    return meters.get(name).timer().count();
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }
}
