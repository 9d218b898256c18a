package io.castalia.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProcessingRoutesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ByteString PIECE = ByteString.fromArray(new byte[33 * 1024]);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldRefuseABodyThatIsTooLong() throws Exception {
    assertRefused(HttpEntities.create(ContentTypes.APPLICATION_JSON, PIECE.concat(PIECE)));
  }

  @Test
  void shouldRefuseABodyThatTurnsOutTooLong() throws Exception {
    assertRefused(
        HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, Source.repeat(PIECE).take(2)));
  }

  @Test
  void shouldRefuseABodyThatSaysNothing() throws Exception {
    assertThat(reset(HttpEntities.create(ContentTypes.APPLICATION_JSON, "")).status().intValue())
        .isEqualTo(400);
  }

  private static void assertRefused(RequestEntity body) throws Exception {
    HttpResponse answer = reset(body);

    assertThat(answer.status().intValue()).isEqualTo(413);
    assertThat(answer.entity().toStrict(60_000, KIT.system()).toCompletableFuture().get())
        .extracting(text -> text.getData().utf8String())
        .asString()
        .contains("expected a body of at most 65536 bytes, but it was longer");
  }

  private static HttpResponse reset(RequestEntity body) throws Exception {
    return new ProcessingRoutes(KIT.system())
        .answer(HttpRequest.POST("/processing/tally/reset").withEntity(body))
        .orElseThrow()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }
}
