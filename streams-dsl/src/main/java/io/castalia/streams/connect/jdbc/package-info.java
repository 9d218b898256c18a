/**
 * Connectors of databases with a JDBC driver, which must be on the node's class path: a source that
 * asks for rows that are new or changed, and a sink that inserts or updates.
 */
@NullMarked
package io.castalia.streams.connect.jdbc;

import org.jspecify.annotations.NullMarked;
