package io.alcedo.app.bench;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.app.bench.PeerResult.Found;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxDetector;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * This project's export in its serving engine. Masks are pasted into the frame after the graph, and
 * that is measured too.
 *
 * @param rgb the frame, [H, W, 3], of the model's canvas
 */
record OwnDetector(ModelDirectory model, byte[] rgb, int threads) implements Contender {
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
    private final Placement fit;

    Session() {
      EngineOptions options = new EngineOptions(Device.CPU, threads, true);
      detector = OnnxDetector.open(model, options, threads, 1);
      batch = detector.newBatch(1);
      ModelManifest.Input input = model.manifest().input();
      try (BytePointer bytes = new BytePointer(rgb);
          Mat frame = new Mat(input.canvasHeight(), input.canvasWidth(), CV_8UC3, bytes)) {
        fit = batch.place(0, frame);
      }
    }

    PeerResult find() {
      Detections found = detector.run(batch, 0, 1).get(0);
      float[] corners = found.boxes();
      List<Found> objects = new ArrayList<>(found.count());
      for (int i = 0; i < found.count(); i++) {
        Box box =
            Box.ofCorners(
                corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
        RleMask mask = found.masks().encode(i, box, fit);
        objects.add(new Found(box, found.labels()[i], found.scores()[i], mask));
      }
      return new PeerResult(objects);
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
