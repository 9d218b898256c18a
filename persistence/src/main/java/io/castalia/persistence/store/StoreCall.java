package io.castalia.persistence.store;

/**
 * One call of a {@link LogStore}, as a fault script sees it.
 *
 * @param operation what is called
 * @param subject the log, or the writer for operations on writers
 */
public record StoreCall(StoreOperation operation, String subject) {}
