package io.alcedo.connectors.camera;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.connectors.simulation.SimulatedFrame;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A simulated camera. With a duration it is like a file: rendered at any pace, its event time a
 * function of the picture's number. Without one it is like a camera on a wall.
 */
record SimulatedOrigin(String name, SceneSpec spec) implements VideoOrigin {
  @Override
  public boolean isLive() {
    return spec.duration().isEmpty();
  }

  @Override
  public VideoSource open() {
    return new Simulation(new SimulatedCamera(spec), isLive());
  }

  private static final class Simulation implements VideoSource {
    private final SimulatedCamera camera;
    private final boolean live;
    private final Mat pixels; // [h, w, 3] BGR
    private final long began = System.nanoTime();

    Simulation(SimulatedCamera camera, boolean live) {
      this.camera = camera;
      this.live = live;
      this.pixels = new Mat(camera.spec().height(), camera.spec().width(), CV_8UC3);
    }

    @Override
    public Picture next() {
      if (!camera.hasNext()) {
        return null;
      }
      SimulatedFrame frame = camera.next();
      long ahead = began + frame.offset().toNanos() - System.nanoTime();
      while (live && ahead > 0) {
        if (Thread.currentThread().isInterrupted()) {
          return null;
        }
        LockSupport.parkNanos(ahead);
        ahead = began + frame.offset().toNanos() - System.nanoTime();
      }
      pixels.data().put(frame.bgr());
      return new Picture(pixels, frame.offset().toNanos() / 1_000);
    }

    @Override
    public double framesPerSecond() {
      return camera.spec().framesPerSecond();
    }

    @Override
    public void close() {
      pixels.close();
    }
  }
}
