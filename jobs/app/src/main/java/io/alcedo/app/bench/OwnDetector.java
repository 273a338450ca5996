package io.alcedo.app.bench;

import io.alcedo.app.bench.PeerResult.Found;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.MaskPaste;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxDetector;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * This project's export in its serving engine. Masks are pasted into the frame after the graph, and
 * that is measured too.
 *
 * @param rgb the frame, [H, W, 3]
 */
record OwnDetector(ModelDirectory model, byte[] rgb, int threads) implements Contender {
  private static final float INSIDE = 0.5f;

  @Override
  public String name() {
    return "alcedo, masks pasted";
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public Runner open() {
    return new Session();
  }

  /** What it finds in the frame. */
  PeerResult find() {
    try (Session session = new Session()) {
      return session.find();
    }
  }

  private final class Session implements Runner {
    private final OnnxDetector detector;
    private final FrameBatch batch;

    Session() {
      EngineOptions options = new EngineOptions(Device.CPU, threads, true);
      detector = OnnxDetector.open(model, options, threads, 1);
      batch = new FrameBatch(1, detector.canvasWidth(), detector.canvasHeight());
      try (Mat canvas = batch.canvas(0)) {
        canvas.data().put(rgb);
      }
    }

    PeerResult find() {
      Detections found = detector.run(batch, 0, 1).get(0);
      int area = found.maskSide() * found.maskSide();
      float[] corners = found.boxes();
      List<Found> objects = new ArrayList<>(found.count());
      for (int i = 0; i < found.count(); i++) {
        Box box =
            Box.ofCorners(
                corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
        RleMask mask = paste(found, i * area, box);
        objects.add(new Found(box, found.labels()[i], found.scores()[i], mask));
      }
      return new PeerResult(objects);
    }

    private RleMask paste(Detections found, int offset, Box box) {
      int width = detector.canvasWidth();
      int height = detector.canvasHeight();
      return MaskPaste.paste(found.masks(), offset, found.maskSide(), box, width, height, INSIDE)
          .encode(width, height);
    }

    @Override
    public void prepare(int number) {
      // The one frame is in place.
    }

    @Override
    public void run() {
      find();
    }

    @Override
    public void close() {
      batch.close();
      detector.close();
    }
  }
}
