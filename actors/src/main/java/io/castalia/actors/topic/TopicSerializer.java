package io.castalia.actors.topic;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.api.internal.WireRefs;
import io.castalia.api.internal.WireSerializer;
import io.castalia.api.internal.WireTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * Writes the registry's messages, its event and its state. Every message begins with the version of
 * the format; what an older release has persisted must stay readable.
 */
public final class TopicSerializer extends WireSerializer {
  private static final int IDENTIFIER = 742_010;
  private static final int FORMAT = 1;

  public TopicSerializer(ExtendedActorSystem system) {
    super(IDENTIFIER, table(new WireRefs(system)));
  }

  private static WireTable table(WireRefs refs) {
    WireTable table = new WireTable("messages of topics");
    row(table, "event", RegistryEvent.class, TopicSerializer::write, TopicSerializer::readEvent);
    row(table, "state", RegistryState.class, TopicSerializer::write, TopicSerializer::readState);
    row(
        table,
        "submit",
        RegistryCommand.Submit.class,
        (out, submit) -> write(refs, out, submit),
        in -> readSubmit(refs, in));
    row(
        table,
        "subscribe",
        RegistryCommand.Subscribe.class,
        (out, subscribe) -> write(refs, out, subscribe),
        in -> readSubscribe(refs, in));
    row(
        table,
        "answer",
        RegistryCommand.Answer.class,
        TopicSerializer::write,
        TopicSerializer::readAnswer);
    row(
        table,
        "page",
        DirectoryCommand.CatalogPage.class,
        TopicSerializer::write,
        TopicSerializer::readPage);
    row(
        table,
        "delta",
        DirectoryCommand.CatalogDelta.class,
        TopicSerializer::write,
        TopicSerializer::readDelta);
    return table;
  }

  private static <T> void row(
      WireTable table,
      String manifest,
      Class<T> type,
      BiConsumer<WireOutput, T> write,
      Function<WireInput, T> read) {
    table.row(
        type,
        manifest,
        (out, message) -> write.accept(out.int8(FORMAT), message),
        in -> {
          requireFormat(in.int8());
          return read.apply(in);
        });
  }

  private static void requireFormat(int format) {
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "expected format %d, but it was format %d".formatted(FORMAT, format));
    }
  }

  private static void write(WireOutput out, RegistryEvent event) {
    out.list(event.changes(), RegistryChangeCodec::write);
  }

  private static RegistryEvent readEvent(WireInput in) {
    return new RegistryEvent(in.list(RegistryChangeCodec::read));
  }

  private static void write(WireOutput out, RegistryState state) {
    out.int64(state.version());
    out.string(state.clusterId());
    out.list(state.topics().all(), TopicFields::write);
    out.map(state.brokerConfigs());
    out.int64(state.nextProducerId());
    out.list(
        state.deleting().entrySet(),
        (to, entry) -> {
          to.uuid(entry.getKey());
          to.int32(entry.getValue().next());
          to.int32(entry.getValue().partitions());
        });
  }

  private static RegistryState readState(WireInput in) {
    long version = in.int64();
    String clusterId = in.string();
    TopicTable topics = TopicTable.of(in.list(TopicFields::read));
    Map<String, String> brokerConfigs = in.map();
    long nextProducerId = in.int64();
    Map<Uuid, RegistryState.Purge> deleting = new HashMap<>();
    for (int count = in.int32(); count > 0; count--) {
      deleting.put(in.uuid(), new RegistryState.Purge(in.int32(), in.int32()));
    }
    return new RegistryState(version, clusterId, topics, brokerConfigs, nextProducerId, deleting);
  }

  private static void write(WireRefs refs, WireOutput out, RegistryCommand.Submit submit) {
    RegistryRequestCodec.write(out, submit.request());
    out.bool(submit.validateOnly());
    refs.write(out, submit.replyTo());
  }

  private static RegistryCommand.Submit readSubmit(WireRefs refs, WireInput in) {
    return new RegistryCommand.Submit(RegistryRequestCodec.read(in), in.bool(), refs.read(in));
  }

  private static void write(WireRefs refs, WireOutput out, RegistryCommand.Subscribe subscribe) {
    out.int64(subscribe.knownVersion());
    refs.write(out, subscribe.subscriber());
  }

  private static RegistryCommand.Subscribe readSubscribe(WireRefs refs, WireInput in) {
    return new RegistryCommand.Subscribe(in.int64(), refs.read(in));
  }

  private static void write(WireOutput out, RegistryCommand.Answer answer) {
    out.int16(answer.error().code());
    out.string(answer.message());
    out.list(answer.topic().stream().toList(), TopicFields::write);
    out.int64(answer.firstProducerId());
    out.int64(answer.version());
  }

  private static RegistryCommand.Answer readAnswer(WireInput in) {
    Errors error = Errors.forCode(in.int16());
    String message = in.string();
    Optional<TopicDescription> topic = in.list(TopicFields::read).stream().findFirst();
    return new RegistryCommand.Answer(error, message, topic, in.int64(), in.int64());
  }

  private static void write(WireOutput out, DirectoryCommand.CatalogPage page) {
    out.int64(page.version());
    out.int32(page.number());
    out.bool(page.last());
    out.string(page.clusterId());
    out.map(page.brokerConfigs());
    out.list(page.topics(), TopicFields::write);
  }

  private static DirectoryCommand.CatalogPage readPage(WireInput in) {
    return new DirectoryCommand.CatalogPage(
        in.int64(), in.int32(), in.bool(), in.string(), in.map(), in.list(TopicFields::read));
  }

  private static void write(WireOutput out, DirectoryCommand.CatalogDelta delta) {
    out.int64(delta.version());
    out.list(delta.changes(), RegistryChangeCodec::write);
  }

  private static DirectoryCommand.CatalogDelta readDelta(WireInput in) {
    return new DirectoryCommand.CatalogDelta(in.int64(), in.list(RegistryChangeCodec::read));
  }
}
