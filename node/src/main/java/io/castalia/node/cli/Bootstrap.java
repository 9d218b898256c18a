package io.castalia.node.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --bootstrap}, and the clients that it leads to. */
final class Bootstrap {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final int REQUEST_TIMEOUT_MILLIS = 15_000;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      converter = AddressConverter.class,
      description = "A node of the cluster (default: ${DEFAULT-VALUE}).")
  private HostPort address = new HostPort("127.0.0.1", 9092);

  Admin admin() {
    return Admin.create(properties());
  }

  /**
   * What every client needs. Checks first that something listens, because the clients would go on
   * trying for a minute.
   *
   * @throws CommandFailure if nothing listens at the address
   */
  Map<String, Object> properties() {
    checkListening();
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address.toString());
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "castalia-cli");
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    return properties;
  }

  private void checkListening() {
    InetSocketAddress target =
        new InetSocketAddress(address.host().replaceAll("[\\[\\]]", ""), address.port());
    try (Socket socket = new Socket()) {
      socket.connect(target, (int) CONNECT_TIMEOUT.toMillis());
    } catch (UnknownHostException e) {
      throw new CommandFailure("the host \"" + address.host() + "\" is not known");
    } catch (IOException e) {
      throw new CommandFailure(
          "nothing answers at %s (%s); start a node with: ./castalia start"
              .formatted(address, FailureText.oneLine(e.getMessage())));
    }
  }

  static final class AddressConverter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String value) {
      try {
        return HostPort.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
