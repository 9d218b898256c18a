package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/** The binary forms of requests: fields in the order of their records, the asker last. */
final class PartitionMessageForms {
  private final ActorRefResolver refs;

  PartitionMessageForms(ActorRefResolver refs) {
    this.refs = refs;
  }

  void write(WireOutput out, Append append) {
    writeRef(out.bytes(append.batches()), append.replyTo());
  }

  Append readAppend(WireInput in) {
    return new Append(in.presentBytes(), readRef(in));
  }

  void write(WireOutput out, Locate locate) {
    writeRef(out.int64(locate.offset()).int32(locate.expectedLeaderEpoch()), locate.replyTo());
  }

  Locate readLocate(WireInput in) {
    return new Locate(in.int64(), in.int32(), readRef(in));
  }

  void write(WireOutput out, Await await) {
    Waiters.Wish wish = await.wish();
    out.int64(wish.highWatermark()).int32(wish.bytes()).int64(wish.maxWait().toMillis());
    writeRef(out.shortString(wish.waiter()), await.replyTo());
  }

  Await readAwait(WireInput in) {
    Waiters.Wish wish =
        new Waiters.Wish(in.int64(), in.int32(), Duration.ofMillis(in.int64()), in.shortString());
    return new Await(wish, readRef(in));
  }

  void write(WireOutput out, EndOfEpoch query) {
    out.int32(query.leaderEpoch()).int32(query.expectedLeaderEpoch());
    writeRef(out, query.replyTo());
  }

  EndOfEpoch readEndOfEpoch(WireInput in) {
    return new EndOfEpoch(in.int32(), in.int32(), readRef(in));
  }

  void write(WireOutput out, DeleteRecords request) {
    writeRef(out.int64(request.offset()), request.replyTo());
  }

  DeleteRecords readDeleteRecords(WireInput in) {
    return new DeleteRecords(in.int64(), readRef(in));
  }

  void write(WireOutput out, Describe query) {
    writeRef(out, query.replyTo());
  }

  Describe readDescribe(WireInput in) {
    return new Describe(readRef(in));
  }

  void write(WireOutput out, Drop request) {
    writeRef(out, request.replyTo());
  }

  Drop readDrop(WireInput in) {
    return new Drop(readRef(in));
  }

  private void writeRef(WireOutput out, ActorRef<?> ref) {
    out.shortString(refs.toSerializationFormat(ref));
  }

  private <T> ActorRef<T> readRef(WireInput in) {
    return refs.resolveActorRef(in.shortString());
  }
}
