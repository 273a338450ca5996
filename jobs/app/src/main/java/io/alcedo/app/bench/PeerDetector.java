package io.alcedo.app.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.app.bench.PeerResult.Found;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * torchvision's own export of a Mask R-CNN: {@code image} float [3, H, W], RGB from 0 to 1; boxes
 * [D, 4] xyxy in px, labels [D], scores [D], masks [D, 1, H, W], pasted inside the graph.
 *
 * @param image the frame's values
 */
record PeerDetector(Path file, float[] image, int width, int height, int threads)
    implements Contender {
  private static final float INSIDE = 0.5f;

  @Override
  public String name() {
    return "torchvision's export";
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
    try (Session session = new Session();
        OrtSession.Result result = session.result()) {
      return read(result);
    }
  }

  private PeerResult read(OrtSession.Result result) {
    FloatBuffer boxes = tensor(result, "boxes").getFloatBuffer();
    LongBuffer labels = tensor(result, "labels").getLongBuffer();
    FloatBuffer scores = tensor(result, "scores").getFloatBuffer();
    FloatBuffer masks = tensor(result, "masks").getFloatBuffer();
    List<Found> found = new ArrayList<>();
    byte[] inside = new byte[width * height];
    for (int i = 0; i < scores.limit(); i++) {
      for (int p = 0; p < inside.length; p++) {
        inside[p] = (byte) (masks.get(i * inside.length + p) >= INSIDE ? 1 : 0);
      }
      Box box =
          Box.ofCorners(
              boxes.get(4 * i), boxes.get(4 * i + 1), boxes.get(4 * i + 2), boxes.get(4 * i + 3));
      RleMask mask = RleMask.encode(inside, height, width);
      found.add(new Found(box, labels.get(i), scores.get(i), mask));
    }
    return new PeerResult(found);
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  private final class Session implements Runner {
    private final OrtSession session = GraphSession.open(file, threads);
    private final OnnxTensor input;

    Session() {
      try {
        input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                FloatBuffer.wrap(image),
                new long[] {3, height, width});
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    OrtSession.Result result() {
      try {
        return session.run(Map.of("image", input));
      } catch (OrtException e) {
        throw new IllegalStateException("%s: %s".formatted(file, e.getMessage()), e);
      }
    }

    @Override
    public void prepare(int number) {
      // The one frame is in place.
    }

    @Override
    public void run() {
      result().close();
    }

    @Override
    public void close() {
      input.close();
      GraphSession.close(session);
    }
  }
}
