package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure, once at start, that the keyspace has the tables this version knows. */
final class SchemaCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaCheck.class);

  private final CqlSession session;
  private final CassandraSettings settings;

  SchemaCheck(CqlSession session, CassandraSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * @throws SchemaException if the schema is absent and may not be created, or is another version
   */
  void ensure() {
    Optional<Integer> found = version();
    if (found.filter(version -> version >= Schema.VERSION).isEmpty() && settings.createSchema()) {
      create(found);
      found = version();
    }
    int version =
        found.orElseThrow(
            () ->
                new SchemaException(
                    "keyspace \""
                        + settings.keyspace()
                        + "\" has no Castalia schema; create it with the CQL that \"castalia"
                        + " schema\" prints, or set castalia.persistence.cassandra.schema.create ="
                        + " true"));
    if (version < Schema.VERSION) {
      throw new SchemaException(
          "expected schema version %d in keyspace \"%s\", but it is %d; add what is missing with the"
                  .formatted(Schema.VERSION, settings.keyspace(), version)
              + " CQL that \"castalia schema\" prints, or set"
              + " castalia.persistence.cassandra.schema.create = true");
    }
    if (version != Schema.VERSION) {
      throw new SchemaException(
          "expected schema version %d in keyspace \"%s\", but it is %d; run the Castalia that made it,"
                  .formatted(Schema.VERSION, settings.keyspace(), version)
              + " or set castalia.persistence.cassandra.keyspace to another one");
    }
  }

  /** Creates what is absent: everything, or what an earlier version has not. */
  private void create(Optional<Integer> before) {
    List<String> statements = new ArrayList<>();
    statements.add(Schema.keyspace(settings));
    statements.addAll(Schema.tables(settings.keyspace()));
    statements.add(Schema.version(settings.keyspace()));
    // Otherwise the driver reads the whole schema back after every statement, a second each.
    session.setSchemaMetadataEnabled(false);
    for (String cql : statements) {
      session.execute(
          SimpleStatement.newInstance(cql).setExecutionProfileName(DriverOptions.SCHEMA));
    }
    session.setSchemaMetadataEnabled(null);
    before.ifPresentOrElse(
        version ->
            LOG.info(
                "brought keyspace \"{}\" from schema version {} to {}",
                settings.keyspace(),
                version,
                Schema.VERSION),
        () ->
            LOG.info(
                "created keyspace \"{}\" with replication {}",
                settings.keyspace(),
                settings.replication()));
  }

  private Optional<Integer> version() {
    try {
      Row row =
          session
              .execute(
                  "SELECT version FROM %s.schema_version WHERE component = '%s'"
                      .formatted(settings.keyspace(), Schema.COMPONENT))
              .one();
      return Optional.ofNullable(row).map(found -> found.getInt("version"));
    } catch (InvalidQueryException absent) {
      // Neither keyspace nor table: Cassandra has no milder way to say so.
      LOG.debug("no schema yet: {}", absent.getMessage());
      return Optional.empty();
    }
  }
}
