package io.castalia.node.kafka;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ApiVersionsResponse;

/**
 * The requests that this node answers. The versions it advertises are this table; ApiVersions
 * itself is always in it.
 */
public final class ApiTable {
  private final ApiVersionsHandler versions = new ApiVersionsHandler(this);
  private final Map<ApiKeys, RequestHandler<?>> handlers = new EnumMap<>(ApiKeys.class);

  private ApiTable() {}

  /**
   * Builds the table.
   *
   * @param handlers at most one per API key, without one for ApiVersions
   */
  public static ApiTable of(Collection<? extends RequestHandler<?>> handlers) {
    ApiTable table = new ApiTable();
    handlers.forEach(table::add);
    table.add(table.versions);
    return table;
  }

  private void add(RequestHandler<?> handler) {
    ApiKeys key = handler.key();
    if (handler.minVersion() < key.oldestVersion()
        || handler.maxVersion() > key.latestVersion()
        || handler.minVersion() > handler.maxVersion()) {
      throw new IllegalArgumentException(
          "expected versions of %s within %d to %d, but they were %d to %d"
              .formatted(
                  key,
                  key.oldestVersion(),
                  key.latestVersion(),
                  handler.minVersion(),
                  handler.maxVersion()));
    }
    RequestHandler<?> other = handlers.putIfAbsent(key, handler);
    if (other != null) {
      throw new IllegalArgumentException(
          "expected one handler of %s, but there are \"%s\" and \"%s\""
              .formatted(key, other.getClass().getName(), handler.getClass().getName()));
    }
  }

  /** The handler of a request, if it is in the table in that version. */
  Optional<RequestHandler<?>> handlerOf(ApiKeys key, short version) {
    RequestHandler<?> handler = handlers.get(key);
    if (handler == null || version < handler.minVersion() || version > handler.maxVersion()) {
      return Optional.empty();
    }
    return Optional.of(handler);
  }

  /** What is answered to a version of ApiVersions that is not in the table. */
  ApiVersionsResponse unsupportedApiVersions() {
    return versions.unsupportedVersion();
  }

  /** What ApiVersions answers, in the order of the API keys. */
  List<ApiVersion> advertised() {
    return handlers.values().stream().map(ApiTable::advertised).toList();
  }

  /** What ApiVersions says of one API, which must be in the table. */
  static ApiVersion advertised(RequestHandler<?> handler) {
    return new ApiVersion()
        .setApiKey(handler.key().id)
        .setMinVersion(handler.advertisedMinVersion())
        .setMaxVersion(handler.maxVersion());
  }
}
