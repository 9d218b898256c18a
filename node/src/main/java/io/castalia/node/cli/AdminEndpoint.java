package io.castalia.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option {@code --admin}, and the way to the node's HTTP endpoint for operators. */
final class AdminEndpoint {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);
  private static final int FIRST_ERROR = 400;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8083",
      converter = Bootstrap.AddressConverter.class,
      description = "A node's castalia.admin.host and port (default: ${DEFAULT-VALUE}).")
  private HostPort address = new HostPort("127.0.0.1", 8083);

  /** The path of a connector, whatever it is called, and what follows it. */
  static String connector(String name, String rest) {
    return "/connectors/" + encoded(name) + rest;
  }

  /** The path of an application that processes topics, and what follows it. */
  static String processing(String application, String rest) {
    return "/processing/" + encoded(application) + rest;
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) throws InterruptedException {
    return send("GET", path, "");
  }

  /**
   * Sends a request.
   *
   * @return the answer; missing if it is empty
   * @throws CommandFailure with the node's own words if it refuses, or if none answers
   */
  JsonNode send(String method, String path, String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(REQUEST_TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response;
    try {
      response =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT_TIMEOUT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new CommandFailure(
          "nothing answers at %s; start a node with: ./castalia start, or name its castalia.admin.port with --admin"
              .formatted(address));
    } catch (IOException e) {
      throw new CommandFailure(
          "the node at %s did not answer (%s)"
              .formatted(address, FailureText.oneLine(e.getMessage())));
    }
    JsonNode answer = parse(response.body());
    if (response.statusCode() >= FIRST_ERROR) {
      throw new CommandFailure(FailureText.oneLine(answer.path("message").asText(response.body())));
    }
    return answer;
  }

  private JsonNode parse(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new CommandFailure(
          "expected a node of Castalia at %s, but what answers there speaks something else"
              .formatted(address));
    }
  }
}
