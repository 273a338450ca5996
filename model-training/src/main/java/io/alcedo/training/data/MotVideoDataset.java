package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Frames of a video with boxes in the MOT challenge's format: frame (from 1), id, left, top, width,
 * height, … Boxes only, no masks. Frames are kept as PNG in memory, so that any can be had at once.
 */
public final class MotVideoDataset implements DetectionDataset {
  private final List<byte[]> pictures;
  private final List<List<SampleObject>> objects;

  private MotVideoDataset(List<byte[]> pictures, List<List<SampleObject>> objects) {
    this.pictures = pictures;
    this.objects = objects;
  }

  /**
   * Reads a range of frames.
   *
   * @param first from 1
   * @param last inclusive
   * @throws InvalidInputException if a file cannot be read or the video is shorter
   */
  public static MotVideoDataset read(Path video, Path truth, int first, int last) {
    Map<Integer, List<Box>> boxes = MotTruth.read(truth);
    List<byte[]> pictures = frames(video, first, last);
    List<List<SampleObject>> objects = new ArrayList<>();
    for (int frame = first; frame <= last; frame++) {
      objects.add(
          boxes.getOrDefault(frame, List.of()).stream()
              .map(box -> new SampleObject(box, 1, null, false))
              .toList());
    }
    return new MotVideoDataset(pictures, objects);
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public DetectionSample get(int index) {
    byte[] png = pictures.get(index);
    try (BytePointer bytes = new BytePointer(png);
        Mat encoded =
            new Mat(1, png.length, org.bytedeco.opencv.global.opencv_core.CV_8UC1, bytes)) {
      return new DetectionSample(imdecode(encoded, IMREAD_COLOR), objects.get(index));
    }
  }

  private static List<byte[]> frames(Path video, int first, int last) {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    List<byte[]> pictures = new ArrayList<>();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(video.toFile());
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
      grabber.start();
      for (int number = 1; number <= last; number++) {
        Frame frame = grabber.grabImage();
        if (frame == null) {
          throw new InvalidInputException(
              "%s: has %d frames, frames %d to %d are wanted"
                  .formatted(video, number - 1, first, last));
        }
        if (number >= first) {
          pictures.add(png(converter.convert(frame)));
        }
      }
    } catch (FrameGrabber.Exception e) {
      throw new InvalidInputException(
          "%s: is no video that can be read (%s)".formatted(video, e.getMessage()), e);
    }
    return pictures;
  }

  private static byte[] png(Mat picture) {
    try (BytePointer bytes = new BytePointer()) {
      imencode(".png", picture, bytes);
      byte[] png = new byte[(int) bytes.limit()];
      bytes.get(png);
      return png;
    }
  }
}
