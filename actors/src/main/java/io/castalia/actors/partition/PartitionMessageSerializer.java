package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.api.internal.WireSerializer;
import io.castalia.api.internal.WireTable;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Requests to partitions and their answers as bytes, for those that cross nodes. */
final class PartitionMessageSerializer extends WireSerializer {
  static final int IDENTIFIER = 770_002;

  PartitionMessageSerializer(ExtendedActorSystem system) {
    super(IDENTIFIER, table(ActorRefResolver.get(Adapter.toTyped(system))));
  }

  private static WireTable table(ActorRefResolver refs) {
    WireTable table = new WireTable("messages of partitions");
    addRequests(table, new PartitionMessageForms(refs));
    addAnswers(table);
    return table;
  }

  private static void addRequests(WireTable table, PartitionMessageForms forms) {
    table
        .row(Append.class, "A1", forms::write, forms::readAppend)
        .row(Locate.class, "L1", forms::write, forms::readLocate)
        .row(Await.class, "W1", forms::write, forms::readAwait)
        .row(EndOfEpoch.class, "E1", forms::write, forms::readEndOfEpoch)
        .row(DeleteRecords.class, "D1", forms::write, forms::readDeleteRecords)
        .row(Describe.class, "I1", forms::write, forms::readDescribe)
        .row(Drop.class, "X1", forms::write, forms::readDrop)
        .row(Stop.class, "S1", new Stop());
  }

  private static void addAnswers(WireTable table) {
    table
        .row(AppendResult.class, "a1", PartitionReplyForms::write, PartitionReplyForms::readAppend)
        .row(
            PartitionBounds.class,
            "l1",
            PartitionReplyForms::write,
            PartitionReplyForms::readBounds)
        .row(OffsetResult.class, "o1", PartitionReplyForms::write, PartitionReplyForms::readOffset)
        .row(
            PartitionDescription.class,
            "i1",
            PartitionReplyForms::write,
            PartitionReplyForms::readDescription)
        .row(RecordsArrived.class, "w1", RecordsArrived.INSTANCE)
        .row(Dropped.class, "x1", PartitionReplyForms::write, PartitionReplyForms::readDropped);
  }
}
