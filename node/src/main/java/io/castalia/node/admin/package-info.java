/**
 * What operators ask of a node by HTTP: its health, its metrics, and the connectors, in the shape
 * of Kafka Connect's REST interface. May use the streams' connectors and Pekko HTTP.
 */
@NullMarked
package io.castalia.node.admin;

import org.jspecify.annotations.NullMarked;
