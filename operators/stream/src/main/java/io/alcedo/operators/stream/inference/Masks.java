package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.MaskPaste;
import io.alcedo.connectors.geometry.MaskScale;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.RleMask;
import java.util.List;

/** The masks of the objects of one picture, in the form in which a model gives them. */
public interface Masks {
  /** Of a model that gives none. */
  Masks NONE = (i, box, fit) -> null;

  /** A pixel belongs to an object from this probability on. */
  float THRESHOLD = 0.5f;

  /**
   * One object's mask of the original picture; null where there is none.
   *
   * @param i which object
   * @param box the object's, px of the original picture
   * @param fit how the picture lay on the canvas
   */
  RleMask encode(int i, Box box, Placement fit);

  /**
   * A square over each box.
   *
   * @param probabilities [n, side, side]
   */
  record PerBox(float[] probabilities, int side) implements Masks {
    @Override
    public RleMask encode(int i, Box box, Placement fit) {
      int width = fit.source().width();
      int height = fit.source().height();
      return MaskPaste.paste(probabilities, i * side * side, side, box, width, height, THRESHOLD)
          .encode(width, height);
    }
  }

  /**
   * Of the whole canvas, of which what lies around the box is kept.
   *
   * @param cuts [n]
   */
  record FullImage(List<MaskScale.Cut> cuts) implements Masks {
    @Override
    public RleMask encode(int i, Box box, Placement fit) {
      return MaskScale.toSource(cuts.get(i), fit, THRESHOLD);
    }
  }
}
