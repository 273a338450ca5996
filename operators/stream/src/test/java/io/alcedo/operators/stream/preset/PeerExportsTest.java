package io.alcedo.operators.stream.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.MaskPaste;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.operators.stream.fixture.SharedTensors;
import io.alcedo.operators.stream.inference.ClassScores;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxClassifier;
import io.alcedo.operators.stream.inference.OnnxDetector;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that torchvision itself exported, against what torchvision's eager models say of the same
 * picture.
 */
@Timeout(300)
class PeerExportsTest {
  private static final String DETECTOR = "peers/maskrcnn_small_480x640.onnx";
  private static final String EAGER = "peers/maskrcnn_small_480x640.safetensors";
  private static final String CLASSIFIER = "peers/resnet18_224.onnx";
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  @TempDir Path directory;

  @Test
  void findsWhatTorchvisionFinds() {
    SharedTensors eager = SharedTensors.read(SharedTensors.file(EAGER));
    float[] scores = eager.floats("out/scores");
    float[] boxes = eager.floats("out/boxes");
    float[] masks = eager.floats("out/masks28");
    try (OnnxDetector detector =
            OnnxDetector.open(
                adopt(DETECTOR, ModelPreset.TORCHVISION_DETECTION), EngineOptions.DEFAULT, 2, 1);
        FrameBatch batch = detector.newBatch(1);
        BytePointer pixels = new BytePointer(eager.bytes("in/image"));
        Mat picture = new Mat(HEIGHT, WIDTH, CV_8UC3, pixels)) {
      Placement fit = batch.place(0, picture);
      Detections found = detector.run(batch, 0, 1).get(0);

      assertThat(found.count()).isEqualTo(scores.length);
      assertThat(found.labels())
          .isEqualTo(Arrays.stream(eager.longs("out/labels")).mapToInt(Math::toIntExact).toArray());
      for (int i = 0; i < scores.length; i++) {
        assertThat(found.scores()[i]).as("score %d", i).isCloseTo(scores[i], within(2e-4f));
        for (int j = 4 * i; j < 4 * i + 4; j++) {
          assertThat(found.boxes()[j]).as("box %d", i).isCloseTo(boxes[j], within(2e-2f));
        }
        Box box = Box.ofCorners(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
        RleMask pasted =
            MaskPaste.paste(masks, i * 28 * 28, 28, box, WIDTH, HEIGHT, 0.5f).encode(WIDTH, HEIGHT);
        // Pixels whose probability is near one half may turn with the kernels' rounding.
        assertThat(found.masks().encode(i, box, fit).iou(pasted))
            .as("mask %d", i)
            .isGreaterThan(0.97);
      }
    }
  }

  @Test
  void classifiesTheMiddleAsTorchvisionPreparesIt() {
    SharedTensors eager = SharedTensors.read(SharedTensors.file(EAGER));
    byte[] image = eager.bytes("in/image");
    try (OnnxClassifier classifier =
            OnnxClassifier.open(
                adopt(CLASSIFIER, ModelPreset.CLASSIFIER), EngineOptions.DEFAULT, 2, 2);
        FrameBatch batch = classifier.newBatch(2);
        BytePointer pixels = new BytePointer(image);
        Mat picture = new Mat(HEIGHT, WIDTH, CV_8UC3, pixels);
        Rect large = new Rect(100, 50, 256, 256);
        Rect middle = new Rect(116, 66, 224, 224);
        Mat square = new Mat(picture, large);
        Mat cropped = new Mat(picture, middle)) {
      batch.place(0, square); // 256 px: nothing to scale, 16 px to cut off on each side
      batch.place(1, cropped); // what is left of it, but scaled up to 256 and cut again
      List<ClassScores> scores = classifier.run(batch, 0, 2);

      float[] expected = new float[3 * 224 * 224];
      float[] mean = {0.485f, 0.456f, 0.406f};
      float[] std = {0.229f, 0.224f, 0.225f};
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 224; y++) {
          for (int x = 0; x < 224; x++) {
            int value = image[((66 + y) * WIDTH + 116 + x) * 3 + c] & 0xFF;
            expected[(c * 224 + y) * 224 + x] = (value / 255f - mean[c]) / std[c];
          }
        }
      }
      float[] probabilities = PlainRun.softmaxOf(SharedTensors.file(CLASSIFIER), expected);
      assertThat(scores.get(0).probabilities()).containsExactly(probabilities, within(1e-5f));
      assertThat(scores.get(1).probabilities()).isNotEqualTo(scores.get(0).probabilities());
    }
  }

  private ModelDirectory adopt(String file, ModelPreset preset) {
    Path target = directory.resolve("models").resolve(preset.code());
    new ModelAdoption(preset, null, null).adopt(SharedTensors.file(file), preset.code(), target);
    return ModelDirectory.open(target);
  }
}
