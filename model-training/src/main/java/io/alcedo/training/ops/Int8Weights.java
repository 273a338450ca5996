package io.alcedo.training.ops;

/**
 * Weights and bias of a layer as integers: int8 weights, symmetric, with a scale for each output
 * channel; int32 bias on the scale of the products, input scale · weight scale, so that it is added
 * to them as it is.
 *
 * @param weight [out, …] row-major
 * @param scales of the weights, [out]
 * @param bias [out]
 * @param biasScales input scale · weight scale, [out]
 */
public record Int8Weights(byte[] weight, float[] scales, int[] bias, float[] biasScales) {
  /** Keeps bias plus products within int32. */
  private static final double LARGEST_BIAS = 1 << 30;

  /**
   * Rounds the weights of a layer.
   *
   * @param inputScale of the activations that come in
   * @param bits 7 or 8 with the sign: the largest weight of a channel becomes 63 or 127
   */
  public static Int8Weights of(LayerWeights layer, float inputScale, int bits) {
    int largest = (1 << (bits - 1)) - 1;
    int channels = layer.channels();
    int filter = layer.weight().length / channels;
    byte[] weight = new byte[layer.weight().length];
    float[] scales = new float[channels];
    int[] bias = new int[channels];
    float[] biasScales = new float[channels];
    for (int c = 0; c < channels; c++) {
      scales[c] = scale(layer, c, filter, inputScale, largest);
      biasScales[c] = inputScale * scales[c];
      bias[c] = (int) Math.rint(layer.bias()[c] / biasScales[c]);
      for (int i = c * filter; i < (c + 1) * filter; i++) {
        weight[i] = (byte) Math.rint(layer.weight()[i] / scales[c]);
      }
    }
    return new Int8Weights(weight, scales, bias, biasScales);
  }

  private static float scale(
      LayerWeights layer, int channel, int filter, float inputScale, int largest) {
    float most = 0;
    for (int i = channel * filter; i < (channel + 1) * filter; i++) {
      most = Math.max(most, Math.abs(layer.weight()[i]));
    }
    // A channel that batch norm has all but switched off keeps its bias: coarser weights for it.
    double forBias = Math.abs(layer.bias()[channel]) / (LARGEST_BIAS * inputScale);
    float scale = (float) Math.max(most / largest, forBias);
    return scale < Float.MIN_NORMAL ? 1 : scale;
  }

  /** The weights that the integers stand for. */
  public float[] dequantizedWeight() {
    float[] values = new float[weight.length];
    int filter = weight.length / scales.length;
    for (int i = 0; i < values.length; i++) {
      values[i] = weight[i] * scales[i / filter];
    }
    return values;
  }

  /** The bias that the integers stand for. */
  public float[] dequantizedBias() {
    float[] values = new float[bias.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = bias[c] * biasScales[c];
    }
    return values;
  }
}
