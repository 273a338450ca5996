package io.alcedo.app.evaluation;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.operators.stream.inference.DetectionAssembler;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxDetector;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import java.nio.file.Path;
import java.time.Instant;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** A detector over single pictures, with the lines that a stream would have. */
public final class PictureDetector implements AutoCloseable {
  private final OnnxDetector detector;
  private final DetectionAssembler assembler;
  private final FrameBatch batch;

  /**
   * Opens the detector.
   *
   * @throws io.alcedo.connectors.InvalidInputException if it cannot be used
   */
  public PictureDetector(Path model) {
    ModelDirectory directory = ModelDirectory.open(model);
    int threads = Runtime.getRuntime().availableProcessors();
    detector = OnnxDetector.open(directory, EngineOptions.DEFAULT, threads, 1);
    assembler = new DetectionAssembler(directory.manifest());
    batch = detector.newBatch(1);
  }

  /** The line of a simulated camera's frame. */
  public DetectionLine line(FrameId id, Instant time, SimulatedFrame frame) {
    try (BytePointer bytes = new BytePointer(frame.bgr());
        Mat bgr = new Mat(frame.height(), frame.width(), CV_8UC3, bytes)) {
      return line(id, time, bgr);
    }
  }

  /**
   * The line of a picture.
   *
   * @param bgr [h, w, 3] uint8
   */
  public DetectionLine line(FrameId id, Instant time, Mat bgr) {
    CameraRecord frame =
        new CameraRecord(
            Kind.FRAME,
            id,
            new FrameRef(id.camera(), 0, id.sequence()),
            time,
            time,
            null,
            bgr.cols(),
            bgr.rows(),
            new byte[0],
            null);
    try (Mat rgb = new Mat()) {
      cvtColor(bgr, rgb, COLOR_BGR2RGB);
      Placement fit = batch.place(0, rgb);
      return assembler.line(frame, new Inferred<>(fit, detector.run(batch, 0, 1).get(0), 1));
    }
  }

  @Override
  public void close() {
    batch.close();
    detector.close();
  }
}
