package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.connectors.simulation.TrainingSamples;
import io.alcedo.connectors.simulation.TruthObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Made-up pictures with exact boxes and masks of what is visible. Each is rendered when it is first
 * asked for (a quarter of a second) and kept encoded. People of whom little shows are ignored.
 */
public final class SimulatedDataset implements DetectionDataset {
  /** Narrower than this, px of the picture, nobody can be told from a pole. */
  private static final double LEAST_WIDTH = 4;

  /**
   * Which objects count; the others are ignored, neither object nor background.
   *
   * @param leastVisible share of the object that shows
   * @param leastHeight of what shows, px of the picture
   */
  public record Counted(double leastVisible, double leastHeight) {}

  private record Rendered(EncodedPicture picture, List<SampleObject> objects) {}

  private final TrainingSamples samples;
  private final Counted counted;
  private final List<String> labels;
  private final long seed;
  private final AtomicReferenceArray<Rendered> rendered;

  /**
   * Describes the pictures.
   *
   * @param seed of all of them
   * @param count number of pictures
   * @param width px
   * @param height px
   * @param labels wanted class names; the first has label 1
   */
  public SimulatedDataset(
      TrainingSamples.Split split,
      long seed,
      int count,
      int width,
      int height,
      Counted counted,
      List<String> labels) {
    this.counted = counted;
    this.samples = new TrainingSamples(split, width, height);
    this.seed = seed;
    this.labels = List.copyOf(labels);
    this.rendered = new AtomicReferenceArray<>(count);
  }

  @Override
  public int size() {
    return rendered.length();
  }

  @Override
  public DetectionSample get(int index) {
    Rendered known = rendered.get(index);
    if (known == null) {
      // Two threads may render the same picture at once: it is the same picture.
      known = render(index);
      rendered.set(index, known);
    }
    return new DetectionSample(known.picture().decode(), known.objects());
  }

  private Rendered render(int index) {
    SimulatedFrame frame = samples.draw(seed, index);
    List<SampleObject> objects = new ArrayList<>();
    for (TruthObject truth : frame.objects()) {
      int label = labels.indexOf(truth.label()) + 1;
      if (label > 0) {
        Box box = truth.visibleBox();
        boolean ignored =
            truth.visibleFraction() < counted.leastVisible()
                || box.height() < counted.leastHeight()
                || box.width() < LEAST_WIDTH;
        objects.add(new SampleObject(box, label, truth.mask(), ignored));
      }
    }
    try (BytePointer bytes = new BytePointer(frame.bgr());
        Mat picture = new Mat(frame.height(), frame.width(), CV_8UC3, bytes)) {
      return new Rendered(EncodedPicture.jpeg(picture), objects);
    }
  }
}
