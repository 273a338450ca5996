package io.alcedo.training.evaluation;

/**
 * COCO's sizes of objects, by area in px², both ends included. What lies outside is ignored: true
 * objects need not be found, and detections that match nothing are not held against the detector.
 */
public enum AreaRange {
  ALL(0, 1e5 * 1e5),
  SMALL(0, 32 * 32),
  MEDIUM(32 * 32, 96 * 96),
  LARGE(96 * 96, 1e5 * 1e5);

  private final double least;
  private final double most;

  AreaRange(double least, double most) {
    this.least = least;
    this.most = most;
  }

  /** Whether an object of this area counts. */
  public boolean contains(double area) {
    return area >= least && area <= most;
  }
}
