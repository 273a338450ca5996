package io.alcedo.connectors.event;

/**
 * One record of the {@code rules} topic: a revision of a rule, which never changes again.
 *
 * @param key rule@revision
 * @param text of the rule: JSON, or YAML
 */
public record RuleRevision(String key, String text) {}
