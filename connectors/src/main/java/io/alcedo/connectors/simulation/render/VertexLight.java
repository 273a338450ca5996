package io.alcedo.connectors.simulation.render;

/**
 * Lights an actor's vertices: its triangles are a pixel or two wide, so shading each pixel would
 * gain nothing.
 */
public final class VertexLight {
  private final Shader shader;
  private final SurfacePoint point = new SurfacePoint();
  private final Vec3 eye;

  VertexLight(PinholeCamera camera, Lighting light, ShadowMap shadows) {
    this.shader = new Shader(light, shadows);
    this.eye = camera.position;
  }

  /**
   * Shades all vertices.
   *
   * @param screen x, y, 1 / depth of each
   * @param out receives r, g, b of each, linear radiance
   */
  void shade(Mesh mesh, float[] screen, float[] out) {
    for (int at = 0; at < mesh.vertexCount * 3; at += 3) {
      point.x = mesh.positions[at];
      point.y = mesh.positions[at + 1];
      point.z = mesh.positions[at + 2];
      point.nx = mesh.normals[at];
      point.ny = mesh.normals[at + 1];
      point.nz = mesh.normals[at + 2];
      point.r = mesh.colors[at];
      point.g = mesh.colors[at + 1];
      point.b = mesh.colors[at + 2];
      float dx = (float) eye.x() - point.x;
      float dy = (float) eye.y() - point.y;
      float dz = (float) eye.z() - point.z;
      float length = (float) Math.sqrt(dx * dx + dy * dy + dz * dz);
      float towards = (point.nx * dx + point.ny * dy + point.nz * dz) / length;
      shader.shade(point, towards, screen[at + 2] > 0 ? 1 / screen[at + 2] : length);
      out[at] = shader.r;
      out[at + 1] = shader.g;
      out[at + 2] = shader.b;
    }
  }
}
