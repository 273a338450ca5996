package io.alcedo.connectors.simulation.render;

import java.util.Arrays;
import java.util.List;

/**
 * Which triangle of the static scene each of a pixel's 2 × 2 samples sees, and how far away. The
 * ground is an endless plane, not triangles.
 */
final class VisibilityBuffer {
  static final int SKY = -1;
  static final int GROUND = -2;

  final int width; // samples: 2 per pixel
  final int height;
  final float[] inverseDepth; // [height * width], 1/m, 0 for the sky
  final int[] triangle; // number over all parts, or SKY or GROUND
  final List<Part> parts;
  final int[] firstTriangle; // number of each part's first triangle

  VisibilityBuffer(PinholeCamera camera, List<Part> parts) {
    this.width = camera.width * 2;
    this.height = camera.height * 2;
    this.parts = parts;
    this.inverseDepth = new float[width * height];
    this.triangle = new int[width * height];
    this.firstTriangle = new int[parts.size()];
    drawGround(camera);
    int first = 0;
    for (int i = 0; i < parts.size(); i++) {
      firstTriangle[i] = first;
      draw(camera, parts.get(i).mesh(), first);
      first += parts.get(i).mesh().triangleCount;
    }
  }

  /** Part to which a triangle belongs. */
  int partOf(int number) {
    int at = Arrays.binarySearch(firstTriangle, number);
    int part = at >= 0 ? at : -at - 2;
    // A part without triangles shares its first number with the next one.
    while (part + 1 < firstTriangle.length && firstTriangle[part + 1] <= number) {
      part++;
    }
    return part;
  }

  private void drawGround(PinholeCamera camera) {
    double perSample = 0.5 / camera.focal;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double right = (x + 0.5 - width * 0.5) * perSample;
        double up = (height * 0.5 - y - 0.5) * perSample;
        double fall = camera.forward.z() + right * camera.right.z() + up * camera.up.z();
        float inverse = (float) (-fall / camera.position.z());
        inverseDepth[y * width + x] = Math.max(0, inverse);
        triangle[y * width + x] = inverse > 0 ? GROUND : SKY;
      }
    }
  }

  private void draw(PinholeCamera camera, Mesh mesh, int first) {
    float[] points = new float[mesh.vertexCount * 3];
    camera.project(mesh.positions, mesh.vertexCount, points);
    TriangleFill fill = new TriangleFill(width, height);
    DepthSink sink = new DepthSink();
    for (int t = 0; t < mesh.triangleCount; t++) {
      int a = mesh.triangles[3 * t] * 3;
      int b = mesh.triangles[3 * t + 1] * 3;
      int c = mesh.triangles[3 * t + 2] * 3;
      sink.number = first + t;
      if (points[a + 2] > 0 && points[b + 2] > 0 && points[c + 2] > 0) {
        sink.fill(fill, points, a, b, c);
      } else if (points[a + 2] > 0 || points[b + 2] > 0 || points[c + 2] > 0) {
        drawClipped(camera, mesh, fill, sink, a, b, c);
      }
    }
  }

  /** Cuts a triangle at the near plane; what is left has three or four corners. */
  private static void drawClipped(
      PinholeCamera camera, Mesh mesh, TriangleFill fill, DepthSink sink, int... corners) {
    float[] kept = new float[12];
    int count = 0;
    for (int i = 0; i < 3; i++) {
      Vec3 here = at(mesh, corners[i]);
      Vec3 next = at(mesh, corners[(i + 1) % 3]);
      double depth = camera.depth(here) - PinholeCamera.NEAR * 1.01;
      double nextDepth = camera.depth(next) - PinholeCamera.NEAR * 1.01;
      if (depth > 0) {
        count = keep(kept, count, here);
      }
      if (depth > 0 != nextDepth > 0) {
        count = keep(kept, count, here.towards(next, depth / (depth - nextDepth)));
      }
    }
    float[] points = new float[12];
    camera.project(kept, count, points);
    for (int i = 2; i < count; i++) {
      sink.fill(fill, points, 0, 3 * (i - 1), 3 * i);
    }
  }

  private static Vec3 at(Mesh mesh, int offset) {
    return new Vec3(mesh.positions[offset], mesh.positions[offset + 1], mesh.positions[offset + 2]);
  }

  private static int keep(float[] kept, int count, Vec3 point) {
    kept[3 * count] = (float) point.x();
    kept[3 * count + 1] = (float) point.y();
    kept[3 * count + 2] = (float) point.z();
    return count + 1;
  }

  private final class DepthSink implements TriangleFill.Sink {
    int number;
    private float wa;
    private float wb;
    private float wc;

    void fill(TriangleFill fill, float[] points, int a, int b, int c) {
      wa = points[a + 2];
      wb = points[b + 2] - wa;
      wc = points[c + 2] - wa;
      fill.fill(
          points[a] * 2,
          points[a + 1] * 2,
          points[b] * 2,
          points[b + 1] * 2,
          points[c] * 2,
          points[c + 1] * 2,
          this);
    }

    @Override
    public void cover(int cell, float b, float c) {
      float inverse = wa + b * wb + c * wc;
      if (inverse > inverseDepth[cell]) {
        inverseDepth[cell] = inverse;
        triangle[cell] = number;
      }
    }
  }
}
