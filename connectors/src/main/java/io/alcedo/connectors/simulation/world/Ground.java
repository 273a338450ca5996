package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Noise;
import io.alcedo.connectors.simulation.render.Surface;
import io.alcedo.connectors.simulation.render.SurfacePoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The ground's materials in layers, later ones over earlier ones. Cells of two metres remember
 * which layers can reach them, so that a hundred painted lines cost little.
 */
public final class Ground implements Surface {
  private static final int CELL = 2;
  private static final int CELLS = 60;

  /**
   * One layer.
   *
   * @param surface its material
   * @param fray how far its edge wanders, m: 0 for paint, more for grass
   * @param opacity 1 covers, less lets the layer below show, as worn paint does
   * @param walkingCost metres that a walker would rather go around than cross one of it
   */
  public record Layer(
      Region region, Surface surface, double fray, double opacity, double walkingCost) {}

  private final List<Layer> layers = new ArrayList<>();
  private final Layer[][] cells = new Layer[CELLS * CELLS][];
  private final SurfacePoint painted = new SurfacePoint();

  public void add(Layer layer) {
    layers.add(layer);
  }

  /** Walking cost of the uppermost layer at a place. */
  double walkingCost(double x, double y) {
    double cost = 1;
    for (Layer layer : layers) {
      if (layer.walkingCost() > 0 && layer.region().distance(x, y) < 0) {
        cost = layer.walkingCost();
      }
    }
    return cost;
  }

  @Override
  public void paint(SurfacePoint point) {
    for (Layer layer : layersAt(point.x, point.y)) {
      double wander =
          layer.fray() == 0
              ? 0
              : layer.fray()
                  * (Noise.at(point.x * 1.7f, point.y * 1.7f, 11)
                      + Noise.at(point.x * 6, point.y * 6, 12)
                      - 1);
      float distance = (float) (layer.region().distance(point.x, point.y) + wander);
      float soft = 0.5f * point.footprint + (float) layer.fray() * 0.2f + 0.004f;
      float share = (1 - Noise.step(-soft, soft, distance)) * (float) layer.opacity();
      if (share > 0) {
        paintLayer(layer, share, point);
      }
    }
    // Dirt and wear, larger than any material's own pattern.
    point.scale(1 + 0.22f * Noise.fractal(point.x, point.y, 6, 3, point.footprint, 99));
  }

  private void paintLayer(Layer layer, float share, SurfacePoint point) {
    painted.x = point.x;
    painted.y = point.y;
    painted.z = point.z;
    painted.footprint = point.footprint;
    painted.gloss = 0;
    layer.surface().paint(painted);
    point.r += (painted.r - point.r) * share;
    point.g += (painted.g - point.g) * share;
    point.b += (painted.b - point.b) * share;
    point.gloss += (painted.gloss - point.gloss) * share;
  }

  private Layer[] layersAt(float x, float y) {
    int cx = clamp((int) ((x + CELL * CELLS / 2f) / CELL));
    int cy = clamp((int) ((y + CELL * CELLS / 2f) / CELL));
    int cell = cy * CELLS + cx;
    if (cells[cell] == null) {
      double middleX = (cx + 0.5) * CELL - CELL * CELLS / 2.0;
      double middleY = (cy + 0.5) * CELL - CELL * CELLS / 2.0;
      boolean rim = cx == 0 || cy == 0 || cx == CELLS - 1 || cy == CELLS - 1;
      double reach = rim ? 1e6 : CELL * 0.75 + 1;
      cells[cell] =
          layers.stream()
              .filter(layer -> layer.region().distance(middleX, middleY) < reach)
              .toArray(Layer[]::new);
    }
    return cells[cell];
  }

  private static int clamp(int cell) {
    return Math.max(0, Math.min(CELLS - 1, cell));
  }
}
