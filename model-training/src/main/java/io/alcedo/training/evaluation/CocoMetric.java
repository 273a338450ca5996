package io.alcedo.training.evaluation;

/** The twelve figures of {@code COCOeval.summarize}, in its order. */
public enum CocoMetric {
  /** Average precision, mean over the overlaps 0.50, 0.55 to 0.95. */
  AP("AP"),
  AP50("AP50"),
  AP75("AP75"),
  AP_SMALL("APs"),
  AP_MEDIUM("APm"),
  AP_LARGE("APl"),
  /** Recall with the best detection of each image only, mean over the overlaps. */
  AR_1("AR1"),
  AR_10("AR10"),
  AR_100("AR100"),
  AR_SMALL("ARs"),
  AR_MEDIUM("ARm"),
  AR_LARGE("ARl");

  private final String symbol;

  CocoMetric(String symbol) {
    this.symbol = symbol;
  }

  /** As in tables. */
  public String symbol() {
    return symbol;
  }
}
