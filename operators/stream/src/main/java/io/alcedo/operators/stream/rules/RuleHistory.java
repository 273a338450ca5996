package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.InvalidInputException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * All revisions of all rules. A frame meets the newest revision of each rule whose {@code
 * effectiveFrom} is not after its capture time, whenever it is processed.
 */
public final class RuleHistory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<ArrayList<RuleSpec>> rules = new ArrayList<>(); // by id, newest first

  /**
   * Sorts revisions.
   *
   * @throws InvalidInputException if a revision is there twice
   */
  public RuleHistory(List<RuleSpec> revisions) {
    TreeMap<String, ArrayList<RuleSpec>> byId = new TreeMap<>();
    Set<String> versions = new HashSet<>();
    for (RuleSpec revision : revisions) {
      if (!versions.add(revision.version())) {
        throw new InvalidInputException(
            "rule %s is there twice; give another id or revision".formatted(revision.version()));
      }
      byId.computeIfAbsent(revision.id(), id -> new ArrayList<>()).add(revision);
    }
    for (ArrayList<RuleSpec> ofOneRule : byId.values()) {
      ofOneRule.sort(Comparator.comparing(RuleSpec::revision).reversed());
      rules.add(ofOneRule);
    }
  }

  /** The revision of a version, rule@revision; null if there is none. */
  RuleSpec find(String version) {
    for (List<RuleSpec> ofOneRule : rules) {
      for (RuleSpec revision : ofOneRule) {
        if (revision.version().equals(version)) {
          return revision;
        }
      }
    }
    return null;
  }

  /** The revisions that hold at a time, ordered by id. */
  public List<RuleSpec> at(Instant captureTime) {
    List<RuleSpec> holding = new ArrayList<>(rules.size());
    for (List<RuleSpec> ofOneRule : rules) {
      ofOneRule.stream()
          .filter(revision -> !revision.effectiveFrom().isAfter(captureTime))
          .findFirst()
          .ifPresent(holding::add);
    }
    return holding;
  }
}
