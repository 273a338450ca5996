package io.alcedo.connectors.event;

/**
 * One record of a topic of revisions, {@code rules} or {@code cameras}: a revision of one thing,
 * which never changes again.
 *
 * @param topic its name without prefix
 * @param key id@revision
 * @param text of the revision: JSON, or YAML
 */
public record Revision(String topic, String key, String text) {}
