package io.alcedo.jobs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.continual.learn.ContinualConfig;
import java.nio.file.Path;

/**
 * The block {@code learner} of a job's YAML: what it says, and how it was written, which is what
 * travels to the task.
 */
public final class LearnerBlock {
  private static final String WEIGHTS = "weights";

  private final ObjectNode block;
  private final ContinualConfig config;

  /**
   * Reads one.
   *
   * @throws io.alcedo.connectors.InvalidInputException if it is wrong; the message begins with the
   *     key
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public LearnerBlock(ObjectNode block) {
    this.block = block;
    this.config = YamlReader.block(block, ContinualConfig.class);
  }

  /** What it says. */
  public ContinualConfig config() {
    return config;
  }

  /** How it was written. */
  public String text() {
    return block.toString();
  }

  /** The same, with the path of its weights relative to a folder. */
  public LearnerBlock relativeTo(Path base) {
    if (config.weights() == null) {
      return this;
    }
    ObjectNode resolved = block.deepCopy();
    resolved.put(WEIGHTS, base.resolve(config.weights()).toString());
    return new LearnerBlock(resolved);
  }
}
