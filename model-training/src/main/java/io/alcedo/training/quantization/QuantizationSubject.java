package io.alcedo.training.quantization;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.training.ops.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A network as quantization sees it: it answers pictures, and its answers can be held against those
 * it gives in float32. No labels are needed; the float32 answers are the truth.
 *
 * @param <A> the answer to a batch of pictures, on the heap
 */
interface QuantizationSubject<A> {
  /** Where a picture goes on the canvas, as in serving. */
  Placement place(Placement.Size picture);

  /** Runs the whole network. */
  A answer(Ops<Tensor> ops, List<CanvasPicture> batch);

  /**
   * Outputs of the network that can be compared number by number, because no choice depends on
   * them: each of one kind and of the same size whoever computes it.
   *
   * @param truth the float32 answer, for what is asked of regions
   */
  List<float[]> signals(Ops<Tensor> ops, List<CanvasPicture> batch, A truth);

  /** Points that are lost by other answers, as a share from 0 to 1. */
  double loss(List<A> truth, List<A> answers);
}
