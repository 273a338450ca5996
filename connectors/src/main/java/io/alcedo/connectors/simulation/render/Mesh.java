package io.alcedo.connectors.simulation.render;

import java.util.Arrays;

/**
 * Triangles with a position, a normal and an albedo at each vertex. It grows as shapes are drawn
 * into it and can be emptied and filled again, as moving actors do for every frame.
 */
public final class Mesh {
  float[] positions = new float[3 * 64]; // x, y, z of each vertex, m
  float[] normals = new float[3 * 64]; // unit length
  float[] colors = new float[3 * 64]; // linear albedo
  int[] triangles = new int[3 * 64]; // three vertices each
  int vertexCount;
  int triangleCount;

  /** Adds a vertex and returns its number. The normal need not have length 1. */
  public int vertex(Vec3 position, Vec3 normal, Rgb color) {
    if (vertexCount * 3 == positions.length) {
      int length = positions.length * 2;
      positions = Arrays.copyOf(positions, length);
      normals = Arrays.copyOf(normals, length);
      colors = Arrays.copyOf(colors, length);
    }
    int at = vertexCount * 3;
    Vec3 unit = normal.normalized();
    positions[at] = (float) position.x();
    positions[at + 1] = (float) position.y();
    positions[at + 2] = (float) position.z();
    normals[at] = (float) unit.x();
    normals[at + 1] = (float) unit.y();
    normals[at + 2] = (float) unit.z();
    colors[at] = color.r();
    colors[at + 1] = color.g();
    colors[at + 2] = color.b();
    return vertexCount++;
  }

  public void triangle(int a, int b, int c) {
    if (triangleCount * 3 == triangles.length) {
      triangles = Arrays.copyOf(triangles, triangles.length * 2);
    }
    int at = triangleCount++ * 3;
    triangles[at] = a;
    triangles[at + 1] = b;
    triangles[at + 2] = c;
  }

  /** A flat polygon that turns convexly about its first corner. */
  public void polygon(Vec3 normal, Rgb color, Vec3... corners) {
    int first = vertexCount;
    for (Vec3 corner : corners) {
      vertex(corner, normal, color);
    }
    for (int i = 2; i < corners.length; i++) {
      triangle(first, first + i - 1, first + i);
    }
  }

  public void clear() {
    vertexCount = 0;
    triangleCount = 0;
  }

  public int vertexCount() {
    return vertexCount;
  }
}
