package io.alcedo.operators.stream.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.BoxSpace;
import io.alcedo.connectors.model.ModelManifest.MaskForm;
import io.alcedo.connectors.model.ModelManifest.Resize;
import io.alcedo.operators.stream.fixture.ForeignDetectors;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyClassifier;
import io.alcedo.operators.stream.inference.ClassScores;
import io.alcedo.operators.stream.inference.DetectionAssembler;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.InferenceOptions;
import io.alcedo.operators.stream.inference.Outcome;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an ONNX file alone to what it says of frames, for each convention. */
@Timeout(180)
class ModelAdoptionTest {
  private static final byte[] RED_LEFT = Frames.jpeg(128, 96, List.of(Color.RED, Color.BLACK));
  private static final byte[] BLUE_LEFT = Frames.jpeg(128, 96, List.of(Color.BLUE, Color.BLACK));

  @TempDir Path directory;

  @Test
  void torchvisionsBoxesAndMasksAreOfTheOriginalPicture() throws Exception {
    Path file = ForeignDetectors.writeTorchvision(directory.resolve("m.onnx"), -1, -1);
    ModelManifest manifest = adopt(ModelPreset.TORCHVISION_DETECTION, file, null);

    assertThat(manifest.input().resize()).isEqualTo(Resize.NONE);
    assertThat(manifest.outputs().maskForm()).isEqualTo(MaskForm.FULL_IMAGE);
    assertThat(manifest.outputs().boxSpace()).isEqualTo(BoxSpace.ORIGINAL);
    List<List<DetectedObject>> found = detect(RED_LEFT, BLUE_LEFT);
    DetectedObject object = found.get(0).get(0);
    assertThat(object.label()).isEqualTo("dog"); // 18 of COCO's own ids
    assertThat(object.score()).isGreaterThan(0.9);
    assertThat(object.box().x()).isEqualTo(32);
    assertThat(object.box().bottom()).isEqualTo(72);
    // The mask is where the picture is red: the left half of the box, and a pixel around it.
    byte[] mask = object.mask().decode();
    assertThat(mask).hasSize(128 * 96);
    assertThat(mask[48 * 128 + 40]).isEqualTo((byte) 1);
    assertThat(mask[48 * 128 + 70]).isZero();
    assertThat(object.mask().area()).isBetween(32L * 48, 36L * 54);
    assertThat(found.get(1)).as("a picture without objects").isEmpty();
  }

  @Test
  void aGraphOfOneSizeGetsLetterboxedPictures() throws Exception {
    Path file = ForeignDetectors.writeTorchvision(directory.resolve("m.onnx"), 64, 64);
    ModelManifest manifest = adopt(ModelPreset.TORCHVISION_DETECTION, file, "coco91");

    assertThat(manifest.input().resize()).isEqualTo(Resize.LETTERBOX);
    assertThat(manifest.outputs().boxSpace()).isEqualTo(BoxSpace.CANVAS);
    DetectedObject object = detect(RED_LEFT).get(0).get(0);
    // 16 to 48 of 64 rows, of which the picture has the upper 48: 32 to 96 of 96.
    assertThat(object.box().x()).isEqualTo(32);
    assertThat(object.box().right()).isEqualTo(96);
    assertThat(object.box().bottom()).isEqualTo(96);
    assertThat(object.mask().width()).isEqualTo(128);
    assertThat(object.mask().area()).isBetween(32L * 64, 37L * 68);
  }

  @Test
  void theModelZoosBoxesAreOfTheResizedPicture() throws Exception {
    Path file = ForeignDetectors.writeModelZoo(directory.resolve("MaskRCNN-10.onnx"));
    ModelManifest manifest = adopt(ModelPreset.MODEL_ZOO_DETECTION, file, null);

    assertThat(manifest.outputs().boxes()).isEqualTo("6568");
    assertThat(manifest.outputs().labels()).isEqualTo("6570");
    assertThat(manifest.outputs().scores()).isEqualTo("6572");
    assertThat(manifest.outputs().maskForm()).isEqualTo(MaskForm.PER_BOX);
    List<List<DetectedObject>> found = detect(BLUE_LEFT, RED_LEFT);
    DetectedObject object = found.get(0).get(0);
    assertThat(object.label()).isEqualTo("horse"); // 18 of 80 without gaps
    assertThat(object.score()).as("(255 - mean + mean) / 255").isGreaterThan(0.9);
    // 128x96 becomes 1066x800 of 1088x800.
    assertThat(object.box().x()).isCloseTo(0.25 * 1088 / 1066 * 128, within(0.01));
    assertThat(object.box().height()).isCloseTo(48, within(0.01));
    assertThat((double) object.mask().area())
        .isCloseTo(object.box().area(), within(0.1 * object.box().area()));
    assertThat(found.get(1)).as("blue comes first").isEmpty();
  }

  @Test
  void aClassifierGetsTheMiddleOfThePicture() throws Exception {
    Path file = TinyClassifier.writeForeign(directory.resolve("net.onnx"), false);
    Path names = Files.writeString(directory.resolve("names.txt"), "red\ngreen\n\nblue\n");
    ModelManifest manifest = adopt(ModelPreset.CLASSIFIER, file, names.toString());

    assertThat(manifest.labels()).containsExactly("red", "green", "blue");
    assertThat(manifest.outputs().logits()).isEqualTo("output");
    assertThat(manifest.input().shortSide()).isEqualTo(37); // 256 of 224, and so of 32
    byte[] greenInside =
        Frames.jpeg(128, 96, List.of(Color.RED, Color.GREEN, Color.GREEN, Color.GREEN, Color.RED));
    assertThat(classify(greenInside).best(1, 0.5)).containsExactly(1);
  }

  @Test
  void probabilitiesAreNotPutThroughASecondSoftmax() throws Exception {
    Path file = TinyClassifier.writeForeign(directory.resolve("net.onnx"), true);
    ModelManifest manifest = adopt(ModelPreset.CLASSIFIER, file, null);

    assertThat(manifest.outputs().logits()).isNull();
    assertThat(manifest.outputs().scores()).isEqualTo("output");
    assertThat(manifest.labels()).containsExactly("class 0", "class 1", "class 2");
    assertThat(classify(Frames.jpeg(64, 64, List.of(Color.BLUE))).probabilities()[2])
        .isGreaterThan(0.99f);
  }

  @Test
  void listsWhatWasFoundAndWhatEachPresetExpects() {
    Path file = TinyClassifier.writeForeign(directory.resolve("net.onnx"), false);

    assertThatThrownBy(() -> adopt(ModelPreset.TORCHVISION_DETECTION, file, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "net.onnx: is no torchvision-detection",
            "{input=FLOAT[-1,3,32,32]}",
            "{output=FLOAT[-1,3]}",
            "torchvision-detection expects one input float [3,H,W]",
            "model-zoo-detection expects one input float [3,H,W] (BGR",
            "classifier expects one input float [N,3,H,W]");
    assertThat(directory.resolve("models")).doesNotExist();
  }

  @Test
  void outputsOfNoRoleAreFoundByTheTrialRun() {
    // A detector's input, and a classifier's output.
    Path file = ForeignDetectors.writeTorchvision(directory.resolve("m.onnx"), -1, -1);
    Path other = ForeignDetectors.writeWithoutLabels(directory.resolve("n.onnx"));

    assertThatThrownBy(() -> adopt(ModelPreset.CLASSIFIER, file, null))
        .hasMessageContaining("is no classifier: found inputs {images_tensors=FLOAT[3,-1,-1]}");
    assertThatThrownBy(() -> adopt(ModelPreset.TORCHVISION_DETECTION, other, null))
        .hasMessageContainingAll("is no torchvision-detection", "boxes=FLOAT[1,4]");
  }

  @Test
  void refusesFilesAndLabelsThatDoNotFit() throws IOException {
    Path file = TinyClassifier.writeForeign(directory.resolve("net.onnx"), false);
    Path text = Files.writeString(directory.resolve("text.onnx"), "no model");
    Path names = Files.writeString(directory.resolve("names.txt"), "red\ngreen\n");

    assertThatThrownBy(() -> adopt(ModelPreset.CLASSIFIER, text, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot open it on cpu");
    assertThatThrownBy(() -> adopt(ModelPreset.CLASSIFIER, file, names.toString()))
        .hasMessageContaining("names.txt: has 2 names, but the model has 3 classes");
    assertThatThrownBy(() -> adopt(ModelPreset.CLASSIFIER, file, "nowhere.txt"))
        .hasMessageContaining("--labels nowhere.txt: cannot be read");
    assertThatThrownBy(() -> adopt(ModelPreset.CLASSIFIER, directory.resolve("none.onnx"), null))
        .hasMessageContaining("there is no such file");
    assertThat(directory.resolve("models")).doesNotExist();
  }

  @Test
  void aDetectorsNamesBeginAfterTheBackground() throws IOException {
    Path names = Files.writeString(directory.resolve("names.txt"), "cat\ndog\n");
    Path whole = Files.writeString(directory.resolve("whole.txt"), "__background__\ncat\n");

    assertThat(LabelList.ofDetector(names.toString())).containsExactly("background", "cat", "dog");
    assertThat(LabelList.ofDetector(whole.toString())).containsExactly("__background__", "cat");
    assertThat(LabelList.ofDetector("coco91")).hasSize(91).endsWith("toothbrush");
    assertThat(LabelList.ofDetector("coco80")).hasSize(81).endsWith("toothbrush");
  }

  private ModelManifest adopt(ModelPreset preset, Path file, String labels) {
    return new ModelAdoption(preset, labels, "MIT")
        .adopt(file, "adopted", directory.resolve("models/adopted"));
  }

  private InferenceOptions options() {
    return InferenceOptions.of(directory.resolve("models/adopted").toString());
  }

  private List<List<DetectedObject>> detect(byte[]... pictures) throws Exception {
    try (SharedEngines.Lease<Detections> engine = SharedEngines.detector(options())) {
      DetectionAssembler assembler = new DetectionAssembler(engine.manifest());
      List<CameraRecord> frames =
          IntStream.range(0, pictures.length)
              .mapToObj(i -> Frames.frame(Frames.GATE, i, pictures[i]))
              .toList();
      List<CompletableFuture<Outcome<Detections>>> outcomes =
          frames.stream().map(engine::submit).toList();
      List<List<DetectedObject>> all = new ArrayList<>();
      for (int i = 0; i < pictures.length; i++) {
        Outcome<Detections> outcome = outcomes.get(i).get(30, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Inferred.class);
        all.add(assembler.line(frames.get(i), (Inferred<Detections>) outcome).objects());
      }
      return all;
    }
  }

  private ClassScores classify(byte[] picture) throws Exception {
    try (SharedEngines.Lease<ClassScores> engine = SharedEngines.classifier(options())) {
      Outcome<ClassScores> outcome =
          engine.submit(Frames.frame(Frames.GATE, 0, picture)).get(30, TimeUnit.SECONDS);
      return ((Inferred<ClassScores>) outcome).result();
    }
  }
}
