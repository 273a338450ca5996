package io.alcedo.operators.stream.detect;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.operators.stream.inference.Outcome;
import java.util.List;
import java.util.Objects;

/**
 * What a second model could not look at.
 *
 * @param asked how many pictures of one frame it was given
 * @param reasons of those that failed
 */
public record FailedPictures(int asked, List<String> reasons) {
  public FailedPictures {
    reasons = List.copyOf(reasons);
  }

  /** Of all pictures that were given. */
  public static FailedPictures of(List<? extends Outcome<?>> outcomes) {
    return new FailedPictures(
        outcomes.size(), outcomes.stream().map(Outcome::reason).filter(Objects::nonNull).toList());
  }

  public int count() {
    return reasons.size();
  }

  /** Whether there were pictures, and the model has nothing to say of any. */
  public boolean isAll() {
    return asked > 0 && reasons.size() == asked;
  }

  /** A letter that says so, null if none failed. */
  public DeadLetter letter(CameraRecord frame, String stage) {
    if (reasons.isEmpty()) {
      return null;
    }
    String first = reasons.get(0);
    return DeadLetter.of(
        frame, stage, isAll() ? first : "%d of %d crops: %s".formatted(count(), asked, first));
  }
}
