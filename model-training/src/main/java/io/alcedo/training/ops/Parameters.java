package io.alcedo.training.ops;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;

/**
 * The parameters and buffers of a network by their torchvision names, in the order in which the
 * forward first asked for them. Owns its tensors; not thread-safe.
 */
public final class Parameters implements AutoCloseable {
  private final Map<String, Tensor> trainable = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private RandomGenerator random;

  /** Refuses names that are not there. */
  public Parameters() {}

  /** Creates what is asked for and not there. */
  public Parameters(RandomGenerator random) {
    this.random = random;
  }

  /** From now on a name that is not there is an error. */
  public void seal() {
    random = null;
  }

  /** A parameter that trains. */
  public Tensor trainable(String name, long[] shape, Initializer initializer) {
    return find(trainable, name, shape, initializer, true);
  }

  /** A buffer: part of the state, not trained. */
  public Tensor buffer(String name, long[] shape, Initializer initializer) {
    return find(buffers, name, shape, initializer, false);
  }

  private Tensor find(
      Map<String, Tensor> group,
      String name,
      long[] shape,
      Initializer initializer,
      boolean trains) {
    Tensor found = group.get(name);
    if (found == null) {
      if (random == null) {
        throw new IllegalArgumentException("parameter '%s' is missing".formatted(name));
      }
      float[] values = new float[Math.toIntExact(count(shape))];
      initializer.fill(values, shape, random);
      found = put(group, name, values, shape, trains);
    }
    if (!java.util.Arrays.equals(found.shape(), shape)) {
      throw new IllegalArgumentException(
          "parameter '%s' has shape %s, the network expects %s"
              .formatted(
                  name,
                  java.util.Arrays.toString(found.shape()),
                  java.util.Arrays.toString(shape)));
    }
    return found;
  }

  /** Sets a parameter that trains, replacing one of that name. */
  public void putTrainable(String name, float[] values, long... shape) {
    put(trainable, name, values, shape, true);
  }

  /** Sets a buffer, replacing one of that name. */
  public void putBuffer(String name, float[] values, long... shape) {
    put(buffers, name, values, shape, false);
  }

  /** Sets all of another network's parameters and buffers, as copies. */
  public void copyFrom(Parameters other) {
    other.trainable.forEach(
        (name, tensor) -> putTrainable(name, Tensors.floats(tensor), tensor.shape()));
    other.buffers.forEach(
        (name, tensor) -> putBuffer(name, Tensors.floats(tensor), tensor.shape()));
  }

  private static Tensor put(
      Map<String, Tensor> group, String name, float[] values, long[] shape, boolean trains) {
    Tensor tensor;
    // Outlives the scope of the step that asks for it first.
    try (PointerScope scope = new PointerScope()) {
      tensor = AbstractTensor.create(values, shape);
      tensor.retainReference();
    }
    tensor.requires_grad_(trains);
    Tensor before = group.put(name, tensor);
    if (before != null) {
      before.close();
    }
    return tensor;
  }

  public Map<String, Tensor> trainable() {
    return Collections.unmodifiableMap(trainable);
  }

  public Map<String, Tensor> buffers() {
    return Collections.unmodifiableMap(buffers);
  }

  /** The values of a parameter or buffer, row-major, copied to the heap. */
  public float[] values(String name) {
    Tensor tensor = trainable.containsKey(name) ? trainable.get(name) : buffers.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("parameter '%s' is missing".formatted(name));
    }
    return Tensors.floats(tensor);
  }

  /** Number of elements that train. */
  public long trainableCount() {
    return trainable.values().stream().mapToLong(Tensor::numel).sum();
  }

  private static long count(long[] shape) {
    long count = 1;
    for (long side : shape) {
      count *= side;
    }
    return count;
  }

  @Override
  public void close() {
    trainable.values().forEach(Tensor::close);
    buffers.values().forEach(Tensor::close);
    trainable.clear();
    buffers.clear();
  }
}
