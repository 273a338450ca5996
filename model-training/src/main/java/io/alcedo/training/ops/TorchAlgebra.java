package io.alcedo.training.ops;

import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The algebra of {@link Ops} on libtorch tensors. */
abstract class TorchAlgebra extends ScopedOps<Tensor> {
  @Override
  public final Tensor constant(float[] values, long... shape) {
    return Tensors.of(values, shape);
  }

  @Override
  public final Tensor constant(long[] values, long... shape) {
    return Tensors.of(values, shape);
  }

  @Override
  public final Tensor add(Tensor a, Tensor b) {
    return a.add(b);
  }

  @Override
  public final Tensor sub(Tensor a, Tensor b) {
    return a.sub(b);
  }

  @Override
  public final Tensor mul(Tensor a, Tensor b) {
    return a.mul(b);
  }

  @Override
  public final Tensor div(Tensor a, Tensor b) {
    return a.div(b);
  }

  @Override
  public final Tensor floorDiv(Tensor a, Tensor b) {
    return a.floor_divide(b);
  }

  @Override
  public final Tensor min(Tensor a, Tensor b) {
    return torch.minimum(a, b);
  }

  @Override
  public final Tensor max(Tensor a, Tensor b) {
    return torch.maximum(a, b);
  }

  @Override
  public final Tensor exp(Tensor x) {
    return x.exp();
  }

  @Override
  public final Tensor log(Tensor x) {
    return x.log();
  }

  @Override
  public final Tensor sqrt(Tensor x) {
    return x.sqrt();
  }

  @Override
  public final Tensor floor(Tensor x) {
    return x.floor();
  }

  @Override
  public final Tensor sigmoid(Tensor x) {
    return torch.sigmoid(x);
  }

  @Override
  public final Tensor softmax(Tensor x, int dim) {
    return torch.softmax(x, dim);
  }

  @Override
  public final Tensor reduceMax(Tensor x, int dim) {
    return x.amax(new long[] {dim}, false);
  }

  @Override
  public final Tensor reduceSum(Tensor x, int dim) {
    return x.sum(new long[] {dim}, false, new ScalarTypeOptional());
  }

  @Override
  public final Tensor toFloat(Tensor x) {
    return x.to(torch.ScalarType.Float);
  }

  @Override
  public final Tensor toLong(Tensor x) {
    return x.to(torch.ScalarType.Long);
  }

  @Override
  public final Tensor greater(Tensor a, Tensor b) {
    return a.gt(b);
  }

  @Override
  public final Tensor greaterOrEqual(Tensor a, Tensor b) {
    return a.ge(b);
  }

  @Override
  public final Tensor equal(Tensor a, Tensor b) {
    return a.eq(b);
  }

  @Override
  public final Tensor and(Tensor a, Tensor b) {
    return a.logical_and(b);
  }

  @Override
  public final Tensor where(Tensor condition, Tensor ifTrue, Tensor ifFalse) {
    return torch.where(condition, ifTrue, ifFalse);
  }

  @Override
  public final Tensor reshape(Tensor x, long... shape) {
    return x.reshape(shape);
  }

  @Override
  public final Tensor transpose(Tensor x, int... order) {
    long[] dims = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      dims[i] = order[i];
    }
    // A view of pictures whose planes come last would keep all layers after it in that layout, in
    // which norms and rectifiers take three to nine times as long.
    return x.permute(dims).contiguous();
  }

  @Override
  public final Tensor unsqueeze(Tensor x, int dim) {
    return x.unsqueeze(dim);
  }

  @Override
  public final Tensor concat(List<Tensor> parts, int dim) {
    return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), dim);
  }

  @Override
  public final Tensor slice(Tensor x, int dim, long start, long end) {
    return x.narrow(dim, start, end - start);
  }

  @Override
  public final Tensor gather(Tensor x, Tensor indices) {
    long[] rows = indices.shape();
    long[] row = x.shape();
    long[] shape = new long[rows.length + row.length - 1];
    System.arraycopy(rows, 0, shape, 0, rows.length);
    System.arraycopy(row, 1, shape, rows.length, row.length - 1);
    return x.index_select(0, indices.reshape(-1)).reshape(shape);
  }

  @Override
  public final Tensor scatter(Tensor x, Tensor indices, Tensor updates) {
    return x.scatter(0, indices, updates);
  }

  @Override
  public final Tensor nonZero(Tensor x) {
    return x.nonzero().reshape(-1);
  }

  @Override
  public final Tensor size(Tensor x, int dim) {
    return torch.full(new long[0], new Scalar(x.size(dim)), Types.LONG);
  }

  @Override
  public final Tensor range(Tensor n) {
    return torch.arange(new Scalar(n.item_long()), Types.LONG);
  }

  @Override
  public final TopK<Tensor> topK(Tensor x, int k) {
    // torch.topk breaks ties in no order; ONNX Runtime by lower index.
    T_TensorTensor_T sorted = x.sort(new BoolOptional(true), -1, true);
    return new TopK<>(sorted.get0().narrow(-1, 0, k), sorted.get1().narrow(-1, 0, k));
  }

  @Override
  public final Tensor nonMaxSuppression(
      Tensor boxes, Tensor scores, float iouThreshold, float scoreThreshold) {
    long[] selected =
        NmsKernel.run(
            Tensors.floats(boxes),
            Tensors.floats(scores),
            (int) scores.size(0),
            (int) scores.size(1),
            (int) scores.size(2),
            iouThreshold,
            scoreThreshold);
    return Tensors.of(selected, selected.length / 3, 3);
  }
}
