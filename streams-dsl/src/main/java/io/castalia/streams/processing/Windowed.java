package io.castalia.streams.processing;

/** A key in a window: the key of results by window. */
public record Windowed<K>(K key, Window window) {}
