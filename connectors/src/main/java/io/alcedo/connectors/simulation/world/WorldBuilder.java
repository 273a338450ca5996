package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Lamp;
import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Part;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Surface;
import io.alcedo.connectors.simulation.render.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Collects what a layout puts into the world. */
final class WorldBuilder {
  final RandomGenerator random;
  final Palette palette;
  private final Ground ground = new Ground();
  private final List<Part> parts = new ArrayList<>();
  private final List<Lamp> lamps = new ArrayList<>();
  private final List<Obstacle> obstacles = new ArrayList<>();
  private final List<Place> gates = new ArrayList<>();
  private final List<Place> doors = new ArrayList<>();
  private final List<Place> spots = new ArrayList<>();
  private final List<double[]> lanes = new ArrayList<>();
  private final List<ParkedCar> parkedCars = new ArrayList<>();
  private final Mesh props = new Mesh();

  WorldBuilder(RandomGenerator random) {
    this.random = random;
    this.palette = new Palette(random);
  }

  /** Uniform between two bounds. */
  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A layer of ground. */
  WorldBuilder ground(Region region, Surface surface, double fray, double walkingCost) {
    ground.add(new Ground.Layer(region, surface, fray, 1, walkingCost));
    return this;
  }

  /** Worn paint; walkers do not mind it. */
  void marking(Region region, Rgb color) {
    ground.add(new Ground.Layer(region, GroundMaterials.paint(color), 0, between(0.55, 0.95), 0));
  }

  /** The mesh for small things that are coloured by their vertices. */
  Mesh props() {
    return props;
  }

  void part(Mesh mesh, Surface surface) {
    parts.add(new Part(mesh, surface, 0));
  }

  void obstacle(Obstacle obstacle) {
    obstacles.add(obstacle);
  }

  void lamp(Vec3 bulb, Rgb color) {
    lamps.add(new Lamp(bulb, color));
  }

  void gate(double x, double y) {
    gates.add(new Place(x, y));
  }

  /** A gate just behind a wall's door. */
  void door(double x, double y) {
    doors.add(new Place(x, y));
    gates.add(new Place(x, y));
  }

  void spot(double x, double y) {
    spots.add(new Place(x, y));
  }

  void lane(double... points) {
    lanes.add(points);
  }

  /** A car at the kerb or in its bay. */
  void parkedCar(double x, double y, double heading) {
    Mesh mesh = new Mesh();
    CarModel car = CarModel.random(random);
    car.draw(mesh, new Vec3(x, y, 0), heading, 0);
    int number = parkedCars.size() + 1;
    parts.add(new Part(mesh, point -> point.gloss = 0.35f, number));
    parkedCars.add(new ParkedCar(number, mesh));
    obstacle(new Obstacle(x, y, car.length(), car.width(), heading, 0, 1.4));
  }

  World build() {
    Skyline.build(this);
    parts.add(new Part(props, Surface.PLAIN, 0));
    NavGrid grid = new NavGrid(World.HALF, World.HALF, ground, obstacles, random.nextInt());
    doors.forEach(door -> grid.open(door.x(), door.y()));
    return new World(ground, parts, lamps, obstacles, grid, gates, spots, lanes, parkedCars);
  }
}
