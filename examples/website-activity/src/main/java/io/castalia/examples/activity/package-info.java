/**
 * Two consumer groups over a web server's access log, with totals that are exact whatever is
 * stopped or killed on the way. Uses Kafka's own clients and nothing else.
 */
@NullMarked
package io.castalia.examples.activity;

import org.jspecify.annotations.NullMarked;
