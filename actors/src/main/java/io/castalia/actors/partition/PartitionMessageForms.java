package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.util.ByteString;

/** The binary forms of requests: fields in the order of their records, the asker last. */
final class PartitionMessageForms {
  private final ActorRefResolver refs;

  PartitionMessageForms(ActorRefResolver refs) {
    this.refs = refs;
  }

  void writeAppend(Append append, DataOutputStream out) throws IOException {
    out.writeInt(append.batches().length());
    out.write(append.batches().toArrayUnsafe());
    writeRef(append.replyTo(), out);
  }

  Append readAppend(DataInputStream in) throws IOException {
    byte[] batches = in.readNBytes(in.readInt());
    return new Append(ByteString.fromArrayUnsafe(batches), readRef(in));
  }

  void writeLocate(Locate locate, DataOutputStream out) throws IOException {
    out.writeLong(locate.offset());
    out.writeInt(locate.expectedLeaderEpoch());
    writeRef(locate.replyTo(), out);
  }

  Locate readLocate(DataInputStream in) throws IOException {
    return new Locate(in.readLong(), in.readInt(), readRef(in));
  }

  void writeAwait(Await await, DataOutputStream out) throws IOException {
    Waiters.Wish wish = await.wish();
    out.writeLong(wish.highWatermark());
    out.writeInt(wish.bytes());
    out.writeLong(wish.maxWait().toMillis());
    out.writeUTF(wish.waiter());
    writeRef(await.replyTo(), out);
  }

  Await readAwait(DataInputStream in) throws IOException {
    Waiters.Wish wish =
        new Waiters.Wish(
            in.readLong(), in.readInt(), Duration.ofMillis(in.readLong()), in.readUTF());
    return new Await(wish, readRef(in));
  }

  void writeEndOfEpoch(EndOfEpoch query, DataOutputStream out) throws IOException {
    out.writeInt(query.leaderEpoch());
    out.writeInt(query.expectedLeaderEpoch());
    writeRef(query.replyTo(), out);
  }

  EndOfEpoch readEndOfEpoch(DataInputStream in) throws IOException {
    return new EndOfEpoch(in.readInt(), in.readInt(), readRef(in));
  }

  void writeDeleteRecords(DeleteRecords request, DataOutputStream out) throws IOException {
    out.writeLong(request.offset());
    writeRef(request.replyTo(), out);
  }

  DeleteRecords readDeleteRecords(DataInputStream in) throws IOException {
    return new DeleteRecords(in.readLong(), readRef(in));
  }

  void writeDescribe(Describe query, DataOutputStream out) throws IOException {
    writeRef(query.replyTo(), out);
  }

  Describe readDescribe(DataInputStream in) throws IOException {
    return new Describe(readRef(in));
  }

  void writeDrop(Drop request, DataOutputStream out) throws IOException {
    writeRef(request.replyTo(), out);
  }

  Drop readDrop(DataInputStream in) throws IOException {
    return new Drop(readRef(in));
  }

  private void writeRef(ActorRef<?> ref, DataOutputStream out) throws IOException {
    out.writeUTF(refs.toSerializationFormat(ref));
  }

  private <T> ActorRef<T> readRef(DataInputStream in) throws IOException {
    return refs.resolveActorRef(in.readUTF());
  }
}
