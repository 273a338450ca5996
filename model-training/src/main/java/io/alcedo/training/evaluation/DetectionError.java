package io.alcedo.training.evaluation;

import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Truth;

/**
 * One mistake in one image.
 *
 * @param image index of the image
 * @param label class that was found, or missed
 * @param found null where an object was missed
 * @param truth the object in question, null where there is none
 * @param overlap IoU of the two, of boxes, or of masks for a poor mask
 */
public record DetectionError(
    Kind kind, int image, String label, Detection found, Truth truth, double overlap) {

  /**
   * What is wrong; after TIDE (Bolya et al. 2020, section 2.2), with the thresholds 0.5 and 0.1.
   */
  public enum Kind {
    /** Overlaps no object of its class by 0.1, and none of another by 0.5. */
    BACKGROUND("nothing there"),
    /** Overlaps an object of another class by 0.5. */
    WRONG_CLASS("wrong class"),
    /** Overlaps an object of its class by 0.1, but not by 0.5. */
    POORLY_PLACED("poorly placed"),
    /** Overlaps an object that a better score has taken. */
    DUPLICATE("found twice"),
    /** An object that nothing found, not even poorly. */
    MISSED("missed"),
    /** The box is right, the masks overlap by less than 0.5. */
    POOR_MASK("poor mask");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }

  /** How bad it is among its kind; the more, the worse. */
  public double severity() {
    return switch (kind) {
      case MISSED -> truth.area();
      case POOR_MASK -> 1 - overlap;
      default -> found.score();
    };
  }
}
