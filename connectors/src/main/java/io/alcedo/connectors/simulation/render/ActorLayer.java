package io.alcedo.connectors.simulation.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The moving actors of one frame, drawn over the static scene at 2 × 2 samples a pixel with one
 * depth buffer, so that they hide each other and are hidden by what stands still. Only the regions
 * touched by the last frame are restored before the next.
 */
public final class ActorLayer {
  private final StaticScene scene;
  private final int width; // samples
  private final int height;
  private final float[] inverseDepth; // [height * width]
  private final int[] owner; // object number of each sample, 0 for scenery
  private final int[] staticOwner;
  private final float[] radiance; // [height * width * 3], valid where an actor owns the sample
  private final int[] stamp; // the last actor that covered the sample
  private final List<int[]> touched = new ArrayList<>();
  private final TriangleFill fill;
  private final int[] blended; // the last frame that laid actors over the pixel: regions overlap
  private int frame;
  private int stamps;
  private float[] screen = new float[0];
  private float[] lit = new float[0];

  public ActorLayer(StaticScene scene) {
    this.scene = scene;
    VisibilityBuffer visible = scene.visible();
    this.width = visible.width;
    this.height = visible.height;
    this.inverseDepth = visible.inverseDepth.clone();
    this.staticOwner = owners(visible);
    this.owner = staticOwner.clone();
    this.radiance = new float[width * height * 3];
    this.stamp = new int[width * height];
    this.blended = new int[width * height / 4];
    this.fill = new TriangleFill(width, height);
  }

  private static int[] owners(VisibilityBuffer visible) {
    int[] owners = new int[visible.triangle.length];
    int[] ofPart = visible.parts.stream().mapToInt(Part::object).toArray();
    for (int part = 0; part < ofPart.length; part++) {
      int from = visible.firstTriangle[part];
      int to = from + visible.parts.get(part).mesh().triangleCount;
      if (ofPart[part] != 0) {
        for (int i = 0; i < owners.length; i++) {
          int triangle = visible.triangle[i];
          owners[i] = triangle >= from && triangle < to ? ofPart[part] : owners[i];
        }
      }
    }
    return owners;
  }

  /** Takes all actors away. */
  public void clear() {
    for (int[] region : touched) {
      for (int y = region[1]; y < region[3]; y++) {
        int from = y * width + region[0];
        int length = region[2] - region[0];
        System.arraycopy(scene.visible().inverseDepth, from, inverseDepth, from, length);
        System.arraycopy(staticOwner, from, owner, from, length);
      }
    }
    touched.clear();
    frame++;
  }

  /**
   * Draws one actor.
   *
   * @param object its number, not 0
   */
  public Silhouette draw(Mesh mesh, int object, VertexLight light) {
    reserve(mesh.vertexCount * 3);
    scene.camera().project(mesh.positions, mesh.vertexCount, screen);
    light.shade(mesh, screen, lit);
    stamps++;
    Sink sink = new Sink(object);
    for (int t = 0; t < mesh.triangleCount; t++) {
      sink.fill(
          mesh.triangles[3 * t] * 3, mesh.triangles[3 * t + 1] * 3, mesh.triangles[3 * t + 2] * 3);
    }
    Silhouette silhouette = box(mesh.vertexCount, sink.samples);
    touch(silhouette);
    return silhouette;
  }

  /** The silhouette of something that the static scene already holds. */
  public Silhouette measure(Mesh mesh) {
    reserve(mesh.vertexCount * 3);
    scene.camera().project(mesh.positions, mesh.vertexCount, screen);
    stamps++;
    Sink sink = new Sink(0);
    for (int t = 0; t < mesh.triangleCount; t++) {
      sink.fill(
          mesh.triangles[3 * t] * 3, mesh.triangles[3 * t + 1] * 3, mesh.triangles[3 * t + 2] * 3);
    }
    return box(mesh.vertexCount, sink.samples);
  }

  private void reserve(int length) {
    if (screen.length < length) {
      screen = new float[length * 2];
      lit = new float[length * 2];
    }
  }

  private Silhouette box(int vertices, long samples) {
    float left = Float.MAX_VALUE;
    float top = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    for (int i = 0; i < vertices * 3; i += 3) {
      if (screen[i + 2] > 0) {
        left = Math.min(left, screen[i]);
        right = Math.max(right, screen[i]);
        top = Math.min(top, screen[i + 1]);
        bottom = Math.max(bottom, screen[i + 1]);
      }
    }
    return left > right
        ? new Silhouette(0, 0, 0, 0, 0)
        : new Silhouette(left, top, right, bottom, samples);
  }

  private void touch(Silhouette box) {
    int[] region = {
      clamp(box.left() * 2 - 1, width), clamp(box.top() * 2 - 1, height),
      clamp(box.right() * 2 + 2, width), clamp(box.bottom() * 2 + 2, height)
    };
    if (region[0] < region[2] && region[1] < region[3]) {
      touched.add(region);
    }
  }

  private static int clamp(double value, int limit) {
    return (int) Math.max(0, Math.min(limit, value));
  }

  /** Lays the actors over a picture, [height, width, 3] linear radiance. */
  public void compositeOver(float[] linear) {
    int columns = width / 2;
    for (int[] region : touched) {
      for (int y = region[1] / 2; y < (region[3] + 1) / 2; y++) {
        for (int x = region[0] / 2; x < (region[2] + 1) / 2; x++) {
          if (blended[y * columns + x] == frame) {
            continue;
          }
          blended[y * columns + x] = frame;
          composite(2 * y * width + 2 * x, 3 * (y * columns + x), linear);
        }
      }
    }
  }

  private void composite(int sample, int pixel, float[] linear) {
    int covered = 0;
    float r = 0;
    float g = 0;
    float b = 0;
    for (int i = 0; i < 4; i++) {
      int at = sample + (i & 1) + (i >> 1) * width;
      if (owner[at] != staticOwner[at]) {
        covered++;
        r += radiance[3 * at];
        g += radiance[3 * at + 1];
        b += radiance[3 * at + 2];
      }
    }
    if (covered > 0) {
      float rest = (4 - covered) / 4f;
      linear[pixel] = linear[pixel] * rest + r / 4;
      linear[pixel + 1] = linear[pixel + 1] * rest + g / 4;
      linear[pixel + 2] = linear[pixel + 2] * rest + b / 4;
    }
  }

  /**
   * The object seen at each pixel, [height, width]: the one that owns most of its four samples, 0
   * (scenery) only with more than half of them; ties go to the lower number.
   */
  public void objects(int[] out) {
    for (int y = 0; y < height / 2; y++) {
      for (int x = 0; x < width / 2; x++) {
        int sample = 2 * y * width + 2 * x;
        int a = owner[sample];
        int b = owner[sample + 1];
        int c = owner[sample + width];
        int d = owner[sample + width + 1];
        out[y * (width / 2) + x] = a == b && a == c && a == d ? a : majority(a, b, c, d);
      }
    }
  }

  private static int majority(int... samples) {
    Arrays.sort(samples);
    int best = 0;
    int most = 0;
    for (int i = 0; i < 4; ) {
      int end = i;
      while (end < 4 && samples[end] == samples[i]) {
        end++;
      }
      // Half a pixel of scenery gives way to an object; two objects tie to the lower number.
      int weight = 2 * (end - i) - (samples[i] == 0 ? 1 : 0);
      if (weight > most) {
        most = weight;
        best = samples[i];
      }
      i = end;
    }
    return best;
  }

  private final class Sink implements TriangleFill.Sink {
    private final int object;
    long samples;
    private int a;
    private int b;
    private int c;

    Sink(int object) {
      this.object = object;
    }

    void fill(int a, int b, int c) {
      this.a = a;
      this.b = b;
      this.c = c;
      if (screen[a + 2] > 0 && screen[b + 2] > 0 && screen[c + 2] > 0) {
        fill.fill(
            screen[a] * 2,
            screen[a + 1] * 2,
            screen[b] * 2,
            screen[b + 1] * 2,
            screen[c] * 2,
            screen[c + 1] * 2,
            this);
      }
    }

    @Override
    public void cover(int cell, float shareB, float shareC) {
      if (stamp[cell] != stamps) {
        stamp[cell] = stamps;
        samples++;
      }
      float shareA = 1 - shareB - shareC;
      float inverse = shareA * screen[a + 2] + shareB * screen[b + 2] + shareC * screen[c + 2];
      if (object != 0 && inverse > inverseDepth[cell]) {
        inverseDepth[cell] = inverse;
        owner[cell] = object;
        radiance[3 * cell] = shareA * lit[a] + shareB * lit[b] + shareC * lit[c];
        radiance[3 * cell + 1] = shareA * lit[a + 1] + shareB * lit[b + 1] + shareC * lit[c + 1];
        radiance[3 * cell + 2] = shareA * lit[a + 2] + shareB * lit[b + 2] + shareC * lit[c + 2];
      }
    }
  }
}
