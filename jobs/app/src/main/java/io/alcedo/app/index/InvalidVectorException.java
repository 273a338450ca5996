package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import java.util.Map;
import java.util.stream.Collectors;

/** Vectors that no index takes. Nothing of their batch was taken. */
public final class InvalidVectorException extends InvalidInputException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 5;

  private final transient Map<String, String> findings;

  InvalidVectorException(String version, int batch, Map<String, String> findings) {
    super(
        "index %s refuses %d of %d vectors and took none of them: %s%s"
            .formatted(
                version,
                findings.size(),
                batch,
                findings.entrySet().stream()
                    .limit(NAMED)
                    .map(finding -> finding.getKey() + " " + finding.getValue())
                    .collect(Collectors.joining("; ")),
                findings.size() > NAMED ? "; …" : ""));
    this.findings = findings;
  }

  /** What is wrong, by id: all that are to be left out for the rest to be taken. */
  public Map<String, String> findings() {
    return findings;
  }
}
