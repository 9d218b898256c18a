package io.castalia.node;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A node's metrics as Prometheus reads them. */
final class ScrapedMetrics {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final HttpResponse<String> response;

  private ScrapedMetrics(HttpResponse<String> response) {
    this.response = response;
  }

  /** Reads them as they are now. */
  static ScrapedMetrics of(int adminPort) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d/metrics".formatted(adminPort));
    return new ScrapedMetrics(
        CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()));
  }

  int status() {
    return response.statusCode();
  }

  String contentType() {
    return response.headers().firstValue("content-type").orElse("");
  }

  /** The type of each metric by its name. */
  Map<String, String> types() {
    return response
        .body()
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ", -1))
        .collect(
            Collectors.toMap(
                parts -> parts[2], parts -> parts[3], (one, other) -> one, TreeMap::new));
  }

  /**
   * The value of one time series, 0 if there is none.
   *
   * @param series its name, with its labels if it has some, as it is exported
   */
  double value(String series) {
    return response
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
