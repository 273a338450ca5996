package io.alcedo.operators.stream.deliver;

/**
 * The picture of an alert.
 *
 * @param jpeg annotated; null if there is none
 * @param missing why there is none; null if there is one
 */
record Snapshot(byte[] jpeg, String missing) {}
