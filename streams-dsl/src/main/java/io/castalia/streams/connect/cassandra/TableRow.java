package io.castalia.streams.connect.cassandra;

/**
 * A row of a table.
 *
 * @param token of its partition
 * @param key its primary key, as a JSON object
 * @param json all its columns, as a JSON object
 */
record TableRow(long token, String key, String json) {}
