package io.alcedo.training.quantization;

import io.alcedo.connectors.InvalidInputException;

/**
 * How a network is quantized.
 *
 * @param ranges how ranges are taken from activations
 * @param weightBits 7, which every CPU computes exactly, or 8 for those with VNNI only
 * @param largestLoss share of the answers' points that may be lost, see {@link
 *     QuantizationSubject#loss}
 */
public record Int8Options(RangeEstimator ranges, int weightBits, double largestLoss) {
  public static final Int8Options DEFAULT = new Int8Options(RangeEstimator.LEAST_SQUARES, 7, 0.01);

  public Int8Options {
    if (weightBits != 7 && weightBits != 8) {
      throw new InvalidInputException("weights of %d bits, expected 7 or 8.".formatted(weightBits));
    }
    if (!(largestLoss >= 0 && largestLoss <= 1)) {
      throw new InvalidInputException(
          "largest loss is %s, expected 0 to 1.".formatted(largestLoss));
    }
  }
}
