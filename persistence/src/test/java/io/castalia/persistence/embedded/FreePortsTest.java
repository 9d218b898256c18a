package io.castalia.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void shouldGiveEachPortOnceAndNoneThatSystemsGiveToOthers() {
    assertThat(IntStream.range(0, 100).map(each -> FreePorts.next()))
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= 20_000 && port < 30_000);
  }

  @Test
  void shouldKnowAPortThatIsTaken() throws Exception {
    int port = FreePorts.next();

    try (ServerSocket taken = new ServerSocket(port, 1, LOOPBACK)) {
      assertThat(FreePorts.isFree(LOOPBACK, taken.getLocalPort())).isFalse();
    }
    assertThat(FreePorts.isFree(LOOPBACK, port)).isTrue();
  }
}
