package io.castalia.actors.group;

import org.apache.kafka.common.protocol.Errors;

/**
 * Why a request is not followed.
 *
 * @param message for people: what was expected and what was found
 */
record Refusal(Errors error, String message) {}
