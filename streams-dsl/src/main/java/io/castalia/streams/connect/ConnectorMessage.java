package io.castalia.streams.connect;

/** What of this package crosses nodes or is stored; see {@link ConnectorSerializer}. */
interface ConnectorMessage {}
