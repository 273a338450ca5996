package io.alcedo.connectors.camera;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.InvalidInputException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.opencv.opencv_core.Mat;

/** An origin that does, from one opening to the next, what a test says. */
final class ScriptedOrigin implements VideoOrigin {
  private final boolean live;
  private final Deque<Connection> script;
  private final AtomicInteger delivered = new AtomicInteger();
  private final CountDownLatch exhausted = new CountDownLatch(1);

  /**
   * What one opening gives: a number of pictures; then it ends, or waits and ends; or a failure.
   */
  record Connection(int pictures, CountDownLatch before, CountDownLatch after, String refusal) {
    static Connection of(int pictures) {
      return new Connection(pictures, null, null, null);
    }

    static Connection waitingBefore(CountDownLatch before, int pictures) {
      return new Connection(pictures, before, null, null);
    }

    static Connection waitingAfter(int pictures, CountDownLatch after) {
      return new Connection(pictures, null, after, null);
    }

    static Connection refused(String reason) {
      return new Connection(0, null, null, reason);
    }
  }

  private ScriptedOrigin(boolean live, Connection... script) {
    this.live = live;
    this.script = new ArrayDeque<>(Arrays.asList(script));
  }

  /** A camera; after the last connection it refuses. */
  static ScriptedOrigin live(Connection... script) {
    return new ScriptedOrigin(true, script);
  }

  /** A file. */
  static ScriptedOrigin file(int pictures) {
    return new ScriptedOrigin(false, Connection.of(pictures));
  }

  /** Waits until all scripted pictures were taken. */
  void awaitExhausted() throws InterruptedException {
    exhausted.await();
  }

  int delivered() {
    return delivered.get();
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public boolean isLive() {
    return live;
  }

  @Override
  public VideoSource open() {
    Connection next = script.isEmpty() ? Connection.refused("scripted: over") : script.poll();
    if (next.refusal() != null) {
      throw new InvalidInputException(next.refusal());
    }
    return new Source(next);
  }

  private final class Source implements VideoSource {
    private final Connection connection;
    private final Mat pixels = new Mat(16, 16, CV_8UC3);
    private int taken;

    Source(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Picture next() {
      if (taken == 0) {
        await(connection.before());
      }
      if (taken == connection.pictures()) {
        exhausted.countDown();
        await(connection.after());
        return null;
      }
      delivered.incrementAndGet();
      return new Picture(pixels, 100_000L * taken++);
    }

    /** As deaf as FFmpeg: an interrupt does not wake it. */
    private static void await(CountDownLatch latch) {
      while (latch != null && latch.getCount() > 0) {
        try {
          latch.await();
        } catch (InterruptedException e) {
          // goes on waiting
        }
      }
    }

    @Override
    public double framesPerSecond() {
      return 10;
    }

    @Override
    public void close() {
      pixels.close();
    }
  }
}
