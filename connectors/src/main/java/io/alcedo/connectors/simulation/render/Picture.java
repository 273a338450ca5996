package io.alcedo.connectors.simulation.render;

import java.util.List;

/** One camera's drawing board: the static scene under one light, and the actors over it. */
public final class Picture {
  private final StaticScene scene;
  private final ActorLayer actors;
  private final float[] linear; // [height, width, 3] radiance, RGB
  private Lighting light;
  private Backdrop backdrop;
  private VertexLight vertexLight;
  private GroundShadows shadows;

  public Picture(StaticScene scene, Lighting light) {
    this.scene = scene;
    this.actors = new ActorLayer(scene);
    this.linear = new float[scene.camera().width * scene.camera().height * 3];
    relight(light);
  }

  /** Lights the scene anew. */
  public void relight(Lighting newLight) {
    light = newLight;
    ShadowMap map = scene.shadows(light);
    backdrop = scene.lit(light, map);
    vertexLight = new VertexLight(scene.camera(), light, map);
    shadows = new GroundShadows(scene.camera(), backdrop);
  }

  public Lighting light() {
    return light;
  }

  public Backdrop backdrop() {
    return backdrop;
  }

  public ActorLayer actors() {
    return actors;
  }

  /** Takes the last frame's actors away. */
  public void begin() {
    actors.clear();
    System.arraycopy(backdrop.linear(), 0, linear, 0, linear.length);
  }

  /**
   * Draws an actor; its mesh must stay as it is until this returns.
   *
   * @param contacts places where it stands, and the radius of the dark patch there
   */
  public Silhouette draw(Mesh mesh, int object, List<Vec3> contacts, double radius) {
    shadows.cast(mesh, light);
    for (Vec3 place : contacts) {
      shadows.contact(linear, place, radius, 0.4);
    }
    return actors.draw(mesh, object, vertexLight);
  }

  /** The finished radiance, [height, width, 3], RGB; valid until the next begin. */
  public float[] finish() {
    shadows.apply(linear);
    actors.compositeOver(linear);
    return linear;
  }
}
