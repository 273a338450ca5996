package io.alcedo.connectors.registry;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest.Task;
import java.util.Arrays;
import java.util.Locale;

/** What a deployed model does in the pipeline. */
public enum Role {
  DETECTOR(Task.DETECTION),
  CLASSIFIER(Task.CLASSIFICATION),
  ENCODER(Task.EMBEDDING);

  private final Task task;

  Role(Task task) {
    this.task = task;
  }

  /** What a model of this role must be for. */
  public Task task() {
    return task;
  }

  /** As it travels. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of a code.
   *
   * @throws InvalidInputException if there is none
   */
  public static Role ofCode(String code) {
    return Arrays.stream(values())
        .filter(role -> role.code().equals(code))
        .findAny()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "role is '%s', expected detector, classifier or encoder".formatted(code)));
  }

  /** The role of a model that is for a task. */
  public static Role of(Task task) {
    return Arrays.stream(values()).filter(role -> role.task == task).findAny().orElseThrow();
  }
}
