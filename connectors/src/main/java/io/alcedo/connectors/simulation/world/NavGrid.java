package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Noise;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Where one can walk: a grid of walking costs, and for each destination the field of least cost to
 * it (Dijkstra), down which walkers go.
 */
final class NavGrid {
  static final double CELL = 0.5;
  private static final int[] DX = {1, -1, 0, 0, 1, 1, -1, -1};
  private static final int[] DY = {0, 0, 1, -1, 1, -1, 1, -1};

  private final int columns;
  private final int rows;
  private final double left;
  private final double bottom;
  private final float[] cost; // per metre; infinite where nobody can walk
  private final Map<Integer, float[]> fields = new HashMap<>();

  NavGrid(double halfLength, double halfWidth, Ground ground, List<Obstacle> obstacles, int seed) {
    this.columns = (int) (2 * halfLength / CELL);
    this.rows = (int) (2 * halfWidth / CELL);
    this.left = -halfLength;
    this.bottom = -halfWidth;
    this.cost = new float[columns * rows];
    for (int cell = 0; cell < cost.length; cell++) {
      double x = x(cell);
      double y = y(cell);
      float taste = 0.7f + 0.6f * Noise.at((float) x * 0.3f, (float) y * 0.3f, seed);
      cost[cell] = (float) ground.walkingCost(x, y) * taste;
    }
    obstacles.stream().filter(o -> o.bottom() < 1.9).forEach(this::block);
  }

  private void block(Obstacle obstacle) {
    double reach = (obstacle.length() + obstacle.width()) / 2 + 1;
    for (int cell = 0; cell < cost.length; cell++) {
      double away = Math.max(Math.abs(x(cell) - obstacle.x()), Math.abs(y(cell) - obstacle.y()));
      double near = away > reach ? away : obstacle.distance(x(cell), y(cell));
      if (near < 0.4) {
        cost[cell] = Float.POSITIVE_INFINITY;
      } else if (near < 0.9) {
        cost[cell] *= 2;
      }
    }
  }

  /** Opens a place that lies in a wall, so that a door leads through it. */
  void open(double x, double y) {
    for (int cell = 0; cell < cost.length; cell++) {
      if (StrictMath.hypot(x(cell) - x, y(cell) - y) < 0.9) {
        cost[cell] = 3;
      }
    }
  }

  boolean walkable(double x, double y) {
    return inside(x, y) && Float.isFinite(cost[cell(x, y)]);
  }

  /** Whether walkers cross this place gladly: pavement rather than road or lawn. */
  boolean inviting(double x, double y) {
    return inside(x, y) && cost[cell(x, y)] < 2;
  }

  private boolean inside(double x, double y) {
    return x > left && y > bottom && x < -left && y < -bottom;
  }

  /**
   * The way from one place to another.
   *
   * @return x, y of its points, half a metre apart and smoothed; null if there is no way
   */
  double[] way(double fromX, double fromY, double toX, double toY) {
    float[] field = fields.computeIfAbsent(cell(toX, toY), this::field);
    int at = cell(fromX, fromY);
    double[] points = new double[1024];
    int count = 0;
    while (field[at] > 0 && count < 511) {
      if (Float.isInfinite(field[at])) {
        return null;
      }
      points[2 * count] = x(at);
      points[2 * count + 1] = y(at);
      count++;
      at = downhill(field, at);
    }
    if (count < 2) {
      return null;
    }
    points[2 * count] = x(at);
    points[2 * count + 1] = y(at);
    return smooth(Arrays.copyOf(points, 2 * count + 2));
  }

  private int downhill(float[] field, int at) {
    int best = at;
    for (int i = 0; i < 8; i++) {
      int next = neighbour(at, i);
      if (next >= 0 && field[next] < field[best]) {
        best = next;
      }
    }
    return best;
  }

  private float[] field(int target) {
    float[] field = new float[cost.length];
    Arrays.fill(field, Float.POSITIVE_INFINITY);
    PriorityQueue<Long> open = new PriorityQueue<>();
    field[target] = 0;
    open.add((long) target);
    while (!open.isEmpty()) {
      long entry = open.poll();
      int at = (int) entry;
      if (Float.intBitsToFloat((int) (entry >>> 32)) > field[at]) {
        continue;
      }
      for (int i = 0; i < 8; i++) {
        int next = neighbour(at, i);
        if (next < 0) {
          continue;
        }
        float length = i < 4 ? 0.5f : 0.7071068f;
        float reached = field[at] + length * 0.5f * (cost[at] + cost[next]);
        if (reached < field[next]) {
          field[next] = reached;
          // Distances are not negative, so their bits sort as they do; ties go to the lower cell.
          open.add((long) Float.floatToIntBits(reached) << 32 | next);
        }
      }
    }
    return field;
  }

  private int neighbour(int at, int direction) {
    int x = at % columns + DX[direction];
    int y = at / columns + DY[direction];
    return x < 0 || y < 0 || x >= columns || y >= rows ? -1 : y * columns + x;
  }

  private static double[] smooth(double[] points) {
    double[] current = points;
    for (int pass = 0; pass < 3; pass++) {
      double[] next = current.clone();
      int last = points.length / 2 - 1;
      for (int i = 1; i < last; i++) {
        int reach = Math.min(2, Math.min(i, last - i));
        for (int c = 0; c < 2; c++) {
          double sum = 0;
          for (int k = -reach; k <= reach; k++) {
            sum += current[2 * (i + k) + c];
          }
          next[2 * i + c] = sum / (2 * reach + 1);
        }
      }
      current = next;
    }
    return current;
  }

  private int cell(double x, double y) {
    int column = (int) Math.max(0, Math.min(columns - 1, (x - left) / CELL));
    int row = (int) Math.max(0, Math.min(rows - 1, (y - bottom) / CELL));
    return row * columns + column;
  }

  private double x(int cell) {
    return left + (cell % columns + 0.5) * CELL;
  }

  private double y(int cell) {
    int row = cell / columns;
    return bottom + (row + 0.5) * CELL;
  }
}
