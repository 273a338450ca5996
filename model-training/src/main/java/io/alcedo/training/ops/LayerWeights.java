package io.alcedo.training.ops;

/**
 * Weights of a layer as it is served: a batch norm that follows is folded in, and there is a bias.
 *
 * @param weight [out, in, k, k] of a convolution, [out, in] of a linear layer, row-major
 * @param bias [out]
 * @param shape of the weight
 */
record LayerWeights(float[] weight, float[] bias, long... shape) {

  static LayerWeights conv(Parameters parameters, String name, Conv conv) {
    float[] bias = conv.bias() ? parameters.values(name + ".bias") : new float[conv.out()];
    return new LayerWeights(parameters.values(name + ".weight"), bias, conv.weightShape());
  }

  static LayerWeights linear(Parameters parameters, String name, Linear linear) {
    return new LayerWeights(
        parameters.values(name + ".weight"),
        parameters.values(name + ".bias"),
        linear.out(),
        linear.in());
  }

  /** w' = w·γ ÷ √(σ² + ε), b' = β + (b − μ)·γ ÷ √(σ² + ε). */
  LayerWeights folded(Parameters parameters, String norm, double eps) {
    float[] scale = parameters.values(norm + ".weight");
    float[] shift = parameters.values(norm + ".bias");
    float[] mean = parameters.values(norm + ".running_mean");
    float[] variance = parameters.values(norm + ".running_var");
    float[] newWeight = weight.clone();
    float[] newBias = new float[channels()];
    int filter = weight.length / channels();
    for (int c = 0; c < channels(); c++) {
      double factor = scale[c] / Math.sqrt(variance[c] + eps);
      for (int i = c * filter; i < (c + 1) * filter; i++) {
        newWeight[i] = (float) (weight[i] * factor);
      }
      newBias[c] = (float) (shift[c] + (bias[c] - mean[c]) * factor);
    }
    return new LayerWeights(newWeight, newBias, shape);
  }

  int channels() {
    return bias.length;
  }
}
