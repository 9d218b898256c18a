package io.castalia.persistence.store;

import static io.castalia.persistence.store.Stored.await;
import static io.castalia.persistence.store.Stored.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Pages, which are written once, and stay away once they are deleted. */
interface PagesContract extends StoreUnderTest {
  @Test
  default void shouldReadBackAPageUnderItsNameOnly() throws Exception {
    await(store().writePage(log() + "/1", bytes("first")));
    await(store().writePage(log() + "/2", bytes("second")));

    assertThat(await(store().readPage(log() + "/1"))).map(Stored::text).contains("first");
    assertThat(await(store().readPage(log() + "/2"))).map(Stored::text).contains("second");
    assertThat(await(store().readPage(log()))).isEmpty();
  }

  @Test
  default void shouldAcceptTheSamePageTwice() throws Exception {
    await(store().writePage(log(), bytes("page")));
    await(store().writePage(log(), bytes("page")));

    assertThat(await(store().readPage(log()))).map(Stored::text).contains("page");
  }

  @Test
  default void shouldDeleteOnePageOnly() throws Exception {
    await(store().writePage(log() + "/1", bytes("first")));
    await(store().writePage(log() + "/2", bytes("second")));

    await(store().deletePage(log() + "/1"));
    await(store().deletePage(log() + "/3"));

    assertThat(await(store().readPage(log() + "/1"))).isEmpty();
    assertThat(await(store().readPage(log() + "/2"))).isPresent();
  }

  /** A writer that is slow leaves nothing behind where others have cleared up. */
  @Test
  default void shouldKeepAPageDeletedThatIsWrittenLater() throws Exception {
    await(store().deletePage(log() + "/1"));
    await(store().writePage(log() + "/2", bytes("second")));
    await(store().deletePage(log() + "/2"));

    await(store().writePage(log() + "/1", bytes("first")));
    await(store().writePage(log() + "/2", bytes("second")));

    assertThat(await(store().readPage(log() + "/1"))).isEmpty();
    assertThat(await(store().readPage(log() + "/2"))).isEmpty();
  }

  @Test
  default void shouldKeepALargePage() throws Exception {
    ByteBuffer large = ByteBuffer.allocate(3 << 20).putInt(1 << 20, 7).asReadOnlyBuffer();

    await(store().writePage(log(), large));

    assertThat(await(store().readPage(log()))).contains(large);
  }
}
