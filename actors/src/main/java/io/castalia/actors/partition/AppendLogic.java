package io.castalia.actors.partition;

import io.castalia.actors.partition.AppendDecision.Accepted;
import io.castalia.actors.partition.AppendDecision.Duplicate;
import io.castalia.actors.partition.AppendDecision.Refused;
import io.castalia.actors.partition.BatchChecks.Invalid;
import io.castalia.actors.partition.BatchChecks.Valid;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.pekko.util.ByteString;

/** Decides about appends: checks them, finds repetitions, assigns offsets. */
final class AppendLogic {
  private AppendLogic() {}

  /**
   * @param head the log as it will be once everything that is waiting has been written
   * @param payload one or more batches, one after the other, as the producer sent them
   */
  static AppendDecision decide(LogHead head, ByteString payload, AppendContext context) {
    BatchChecks.Outcome outcome = new BatchChecks(context.settings(), context.now()).check(payload);
    if (outcome instanceof Invalid invalid) {
      return new Refused(invalid.refusal());
    }
    List<BatchHeader> batches = ((Valid) outcome).batches();
    List<ProducerBatch> originals = originals(head, batches);
    if (originals.size() == batches.size()) {
      return repeated(originals, context);
    }
    OptionalLong forgotten = forgottenOriginals(head, batches);
    if (forgotten.isPresent()) {
      return new Duplicate(
          forgotten.getAsLong(),
          AppendResult.refused(
              Errors.DUPLICATE_SEQUENCE_NUMBER,
              "it was appended before, but where is no longer known"));
    }
    if (!originals.isEmpty()) {
      return new Refused(
          AppendResult.refused(
              Errors.DUPLICATE_SEQUENCE_NUMBER,
              "%d of %d batches were appended before".formatted(originals.size(), batches.size())));
    }
    return accept(head, batches, payload, context);
  }

  private static List<ProducerBatch> originals(LogHead head, List<BatchHeader> batches) {
    List<ProducerBatch> originals = new ArrayList<>(1);
    for (BatchHeader batch : batches) {
      if (batch.hasProducer()) {
        head.producers()
            .find(batch.producerId())
            .flatMap(producer -> producer.originalOf(batch))
            .ifPresent(originals::add);
      }
    }
    return originals;
  }

  /**
   * An offset that all of the batches are before, if all were appended so long ago that it is not
   * remembered where. The code says so to clients, which take it for success; any other would have
   * them send the records again as new ones.
   */
  private static OptionalLong forgottenOriginals(LogHead head, List<BatchHeader> batches) {
    long before = -1;
    for (BatchHeader batch : batches) {
      Optional<ProducerState> producer =
          batch.hasProducer() ? head.producers().find(batch.producerId()) : Optional.empty();
      if (producer.filter(known -> known.appendedBefore(batch)).isEmpty()) {
        return OptionalLong.empty();
      }
      before = Math.max(before, producer.get().firstRememberedOffset());
    }
    return OptionalLong.of(before);
  }

  private static AppendDecision repeated(List<ProducerBatch> originals, AppendContext context) {
    ProducerBatch first = originals.get(0);
    long lastOffset = -1;
    for (ProducerBatch original : originals) {
      lastOffset = Math.max(lastOffset, original.lastOffset());
    }
    return new Duplicate(lastOffset, result(first.baseOffset(), first.logAppendTime(), context));
  }

  private static AppendDecision accept(
      LogHead head, List<BatchHeader> batches, ByteString payload, AppendContext context) {
    boolean stamped = context.settings().timestampType() == TimestampType.LOG_APPEND_TIME;
    long logAppendTime = stamped ? context.now() : -1;
    Producers producers = head.producers();
    List<ProducerBatch> producerBatches = new ArrayList<>(1);
    TimestampMark mark = TimestampMark.NONE;
    long offset = head.nextOffset();
    for (BatchHeader batch : batches) {
      if (batch.hasProducer()) {
        Optional<AppendResult> refusal = SequenceChecks.refusal(producers, batch, context);
        if (refusal.isPresent()) {
          return new Refused(refusal.get());
        }
        ProducerBatch appended = producerBatch(batch, offset, context.now(), logAppendTime);
        producers = producers.with(appended);
        producerBatches.add(appended);
      }
      mark = mark.or(new TimestampMark(stamped ? logAppendTime : batch.maxTimestamp(), offset));
      offset += batch.count();
    }
    EntryAppended entry =
        new EntryAppended(
            head.nextOffset(),
            offset - 1,
            mark.timestamp(),
            mark.offset(),
            context.leaderEpoch(),
            producerBatches,
            ByteString.emptyByteString());
    return new Accepted(entry, payload, result(head.nextOffset(), logAppendTime, context));
  }

  private static ProducerBatch producerBatch(
      BatchHeader batch, long offset, long now, long logAppendTime) {
    return new ProducerBatch(
        batch.producerId(),
        batch.producerEpoch(),
        batch.firstSequence(),
        batch.lastSequence(),
        offset,
        now,
        logAppendTime);
  }

  private static AppendResult result(long offset, long logAppendTime, AppendContext context) {
    return new AppendResult(
        Errors.NONE,
        "",
        offset,
        logAppendTime,
        context.logStart(),
        context.leaderEpoch(),
        List.of());
  }
}
