package io.alcedo.training.quantization;

/** How much a signal is disturbed, beside how much there is of it. */
final class SignalNoise {
  private long count;
  private double sum;
  private double squares;
  private double errors;

  /** Adds some of the signal as it is and as it is disturbed. */
  void add(float[] clean, float[] noisy) {
    for (int i = 0; i < clean.length; i++) {
      double error = noisy[i] - clean[i];
      errors += error * error;
      sum += clean[i];
      squares += (double) clean[i] * clean[i];
    }
    count += clean.length;
  }

  /** Root of the mean squared error over the signal's deviation; 0 where there is no signal. */
  double overSignal() {
    double variance = count == 0 ? 0 : squares / count - (sum / count) * (sum / count);
    return variance <= 0 ? 0 : Math.sqrt(errors / count / variance);
  }
}
