/**
 * The store on Apache Cassandra: its schema, its statements and how the driver's failures are read.
 * The only package that sees the driver.
 */
@NullMarked
package io.castalia.persistence.cassandra;

import org.jspecify.annotations.NullMarked;
