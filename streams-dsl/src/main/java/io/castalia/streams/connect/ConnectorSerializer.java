package io.castalia.streams.connect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.util.ByteString;

/**
 * Connectors' messages, events and states as JSON: there are few of them, and what is stored can be
 * read by people. Bytes are in base 64. A field that is added later is null in what was stored
 * before; one that is no longer known is passed over.
 */
public final class ConnectorSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 742_030;

  private static final Map<String, Class<? extends ConnectorMessage>> CLASSES =
      List.<Class<? extends ConnectorMessage>>of(
              LedgerEvent.Identified.class,
              LedgerEvent.Entered.class,
              LedgerEvent.Sending.class,
              LedgerEvent.Sent.class,
              LedgerState.class,
              RegistryEvent.Configured.class,
              RegistryEvent.Paused.class,
              RegistryEvent.Resumed.class,
              RegistryEvent.Restarted.class,
              RegistryEvent.Deleted.class,
              RegistryState.class,
              RegistryCommand.Configure.class,
              RegistryCommand.Pause.class,
              RegistryCommand.Resume.class,
              RegistryCommand.Restart.class,
              RegistryCommand.Delete.class,
              RegistryCommand.Describe.class,
              RegistryCommand.ListAll.class,
              RegistryReply.Described.class,
              RegistryReply.Listed.class,
              RegistryReply.Refused.class,
              TaskReport.class,
              TaskCommand.Run.class,
              TaskCommand.HandOver.class,
              HandOverReply.Places.class,
              HandOverReply.NotHandedOver.class,
              TaskCommand.Halt.class)
          .stream()
          .collect(Collectors.toMap(ConnectorSerializer::name, Function.identity()));

  private final ObjectMapper mapper;

  /** Called by Pekko. */
  public ConnectorSerializer(ExtendedActorSystem system) {
    ActorRefResolver refs = ActorRefResolver.get(Adapter.toTyped(system));
    SimpleModule module = new SimpleModule("castalia-connectors");
    module.addSerializer(ActorRef.class, new RefWriter(refs));
    module.addDeserializer(ActorRef.class, new RefReader(refs));
    module.addSerializer(ByteString.class, new BytesWriter());
    module.addDeserializer(ByteString.class, new BytesReader());
    this.mapper =
        new ObjectMapper()
            .registerModule(module)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  private static String name(Class<?> kind) {
    Class<?> outer = kind.getDeclaringClass();
    return outer == null
        ? kind.getSimpleName()
        : outer.getSimpleName() + "." + kind.getSimpleName();
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    String name = name(message.getClass());
    if (!CLASSES.containsKey(name)) {
      throw new IllegalArgumentException("expected a message of connectors, but it was a " + name);
    }
    return name;
  }

  @Override
  public byte[] toBinary(Object message) {
    try {
      return mapper.writeValueAsBytes(message);
    } catch (IOException e) {
      // Not the message itself, which may hold a password.
      throw new IllegalArgumentException("cannot serialize a " + manifest(message), e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    Class<? extends ConnectorMessage> kind = CLASSES.get(manifest);
    if (kind == null) {
      throw new IllegalArgumentException(
          "expected a message of connectors, but it was \"" + manifest + "\"");
    }
    try {
      return mapper.readValue(bytes, kind);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read a " + manifest, e);
    }
  }

  @SuppressWarnings("rawtypes") // Jackson knows classes, not their parameters
  private static final class RefWriter extends StdSerializer<ActorRef> {
    private static final long serialVersionUID = 1L;
    private final transient ActorRefResolver refs;

    RefWriter(ActorRefResolver refs) {
      super(ActorRef.class);
      this.refs = refs;
    }

    @Override
    public void serialize(ActorRef ref, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeString(refs.toSerializationFormat((ActorRef<?>) ref));
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class RefReader extends StdDeserializer<ActorRef> {
    private static final long serialVersionUID = 1L;
    private final transient ActorRefResolver refs;

    RefReader(ActorRefResolver refs) {
      super(ActorRef.class);
      this.refs = refs;
    }

    @Override
    public ActorRef deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return refs.resolveActorRef(from.getText());
    }
  }

  private static final class BytesWriter extends StdSerializer<ByteString> {
    private static final long serialVersionUID = 1L;

    BytesWriter() {
      super(ByteString.class);
    }

    @Override
    public void serialize(ByteString bytes, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeBinary(bytes.toArrayUnsafe());
    }
  }

  private static final class BytesReader extends StdDeserializer<ByteString> {
    private static final long serialVersionUID = 1L;

    BytesReader() {
      super(ByteString.class);
    }

    @Override
    public ByteString deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return ByteString.fromArrayUnsafe(from.getBinaryValue());
    }
  }
}
