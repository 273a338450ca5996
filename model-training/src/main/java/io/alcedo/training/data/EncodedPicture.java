package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** A picture kept in memory as a JPEG, which costs a twentieth of its pixels. */
record EncodedPicture(byte[] bytes) {
  private static final int QUALITY = 95;

  static EncodedPicture jpeg(Mat picture) {
    try (BytePointer bytes = new BytePointer();
        IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, QUALITY)) {
      imencode(".jpg", picture, bytes, options);
      byte[] jpeg = new byte[(int) bytes.limit()];
      bytes.get(jpeg);
      return new EncodedPicture(jpeg);
    }
  }

  /** [h, w, 3] uint8 BGR; the caller closes it. */
  Mat decode() {
    try (BytePointer pointer = new BytePointer(bytes);
        Mat encoded = new Mat(1, bytes.length, CV_8UC1, pointer)) {
      return imdecode(encoded, IMREAD_COLOR);
    }
  }
}
