package io.castalia.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class PartitionLeaseTest {
  private static final TopicPartition PARTITION = new TopicPartition("clicks", 0);

  private final List<PartitionLease> drained = new ArrayList<>();
  private final PartitionLease lease =
      new PartitionLease(new Holder(drained), PARTITION, Optional.empty());

  @Test
  void shouldLetNothingPassAClosedGate() {
    assertThat(lease.admit(5)).isTrue();
    lease.close();

    assertThat(lease.admit(6)).isFalse();
    assertThat(lease.isOpen()).isFalse();
  }

  @Test
  void shouldBeDrainedWhenAllThatPassedIsProcessed() {
    lease.admit(5);
    lease.admit(6);
    lease.close();
    assertThat(lease.isDrained()).isFalse();
    lease.processed(at(6));
    assertThat(drained).isEmpty();

    lease.processed(at(7));

    assertThat(drained).containsExactly(lease);
    assertThat(lease.isDrained()).isTrue();
  }

  @Test
  void shouldTellNobodyThatItIsDrainedWhileItsGateIsOpen() {
    lease.admit(5);
    lease.processed(at(6));

    assertThat(drained).isEmpty();
  }

  @Test
  void shouldBeDrainedWhenNothingHasPassed() {
    lease.close();

    assertThat(lease.isDrained()).isTrue();
    assertThat(lease.uncommitted()).isEmpty();
  }

  @Test
  void shouldKnowWhatIsProcessedAndNotCommitted() {
    lease.processed(new OffsetAndMetadata(6, "p7"));
    lease.processed(at(4));
    assertThat(lease.uncommitted()).contains(new OffsetAndMetadata(6, "p7"));

    lease.committed(at(6));

    assertThat(lease.uncommitted()).isEmpty();
    assertThat(lease.isCommitted(6)).isTrue();
    assertThat(lease.isCommitted(7)).isFalse();
  }

  @Test
  void shouldNeverTakeACommitBack() {
    lease.processed(at(6));

    assertThat(lease.latest(at(4))).isEqualTo(at(6));
    assertThat(lease.latest(at(7))).isEqualTo(at(7));
  }

  @Test
  void shouldKnowWhatPassedHoweverLateTheGateCloses() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      PartitionLease contested =
          new PartitionLease(new Holder(new ArrayList<>()), PARTITION, Optional.empty());
      AtomicLong passed = new AtomicLong();
      Thread stream =
          new Thread(
              () -> {
                while (contested.admit(passed.get())) {
                  passed.incrementAndGet();
                }
              });
      stream.start();
      contested.close();
      stream.join();
      contested.processed(at(passed.get() - 1));
      assertThat(contested.isDrained()).isEqualTo(passed.get() == 0);
      contested.processed(at(passed.get()));
      assertThat(contested.isDrained()).isTrue();
    }
  }

  private static OffsetAndMetadata at(long offset) {
    return new OffsetAndMetadata(Math.max(0, offset));
  }

  private record Holder(List<PartitionLease> drainedLeases) implements LeaseHolder {
    @Override
    public String groupId() {
      return "billing";
    }

    @Override
    public CompletionStage<Map<PartitionLease, Errors>> commit(
        Map<PartitionLease, OffsetAndMetadata> offsets) {
      return CompletableFuture.completedStage(Map.of());
    }

    @Override
    public void drained(PartitionLease lease) {
      drainedLeases.add(lease);
    }
  }
}
