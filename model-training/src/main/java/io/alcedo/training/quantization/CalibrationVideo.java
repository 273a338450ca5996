package io.alcedo.training.quantization;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Frames of a video, evenly spread over a part of it.
 *
 * @param file any video that FFmpeg reads
 * @param range of its frames, counted from 1
 */
record CalibrationVideo(Path file, CalibrationRange range) implements CalibrationPictures {
  @Override
  public List<CanvasPicture> read(Function<Placement.Size, Placement> placing) {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
      grabber.start();
      int length = grabber.getLengthInVideoFrames();
      List<CanvasPicture> pictures = new ArrayList<>();
      for (int number = 1; !range.isOver(number, pictures.size()); number++) {
        Frame frame = grabber.grabImage();
        if (frame == null) {
          break;
        }
        if (range.takes(number, pictures.size(), length)) {
          pictures.add(place(converter.convert(frame), placing));
        }
      }
      if (pictures.isEmpty()) {
        throw new InvalidInputException("%s: has no frame %d.".formatted(file, range.first()));
      }
      return pictures;
    } catch (FrameGrabber.Exception e) {
      throw new InvalidInputException(
          "%s: is no video that can be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static CanvasPicture place(Mat bgr, Function<Placement.Size, Placement> placing) {
    return CanvasPicture.ofBgr(bgr, placing.apply(new Placement.Size(bgr.cols(), bgr.rows())));
  }

  @Override
  public String text(int taken) {
    return "%d of the frames %s of %s".formatted(taken, range, file.getFileName());
  }
}
