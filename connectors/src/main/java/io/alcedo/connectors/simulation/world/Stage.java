package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.ActorLayer;
import io.alcedo.connectors.simulation.render.ImagePoint;
import io.alcedo.connectors.simulation.render.Lighting;
import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Picture;
import io.alcedo.connectors.simulation.render.PinholeCamera;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.StaticScene;
import io.alcedo.connectors.simulation.render.Vec3;
import java.util.ArrayList;
import java.util.List;

/** A world seen from one viewpoint, with all that moves in it. */
public final class Stage {
  public static final String PERSON = "person";
  public static final String CAR = "car";

  private final World world;
  private final Crowd crowd;
  private final Traffic traffic;
  private final PinholeCamera camera;
  private final StaticScene scene;
  private final double north;
  private final Mesh mesh = new Mesh();
  private List<Actor> parked = List.of();

  /**
   * Builds a world and its camera.
   *
   * @param density of people and cars, 0 for nobody, 1 for a crowd
   */
  public Stage(SceneType type, long seed, int view, int width, int height, double density) {
    long worldSeed = Seeds.derive(seed, type.title().hashCode());
    this.world = type.world(worldSeed);
    this.crowd = new Crowd(world, worldSeed, density);
    this.traffic = new Traffic(world, worldSeed, density);
    this.camera = Viewpoint.of(world, worldSeed, view).camera(width, height);
    this.north = Seeds.random(worldSeed, 21).nextDouble() * 2 * Math.PI;
    this.scene =
        new StaticScene(camera, world.parts(), world.ground(), new Vec3(0, 0, 2), World.HALF);
  }

  public StaticScene scene() {
    return scene;
  }

  public PinholeCamera camera() {
    return camera;
  }

  /** The light of an hour here. */
  public Lighting light(double hour, Weather weather) {
    return Daylight.at(hour, weather, north, world.lamps());
  }

  /** Draws everything that moves, as it is at a time, s; returns also what is parked. */
  public List<Actor> draw(Picture picture, double time) {
    if (parked.isEmpty()) {
      parked = measure(picture.actors());
    }
    List<Actor> actors = new ArrayList<>(parked);
    for (Traffic.Driven car : traffic.at(time)) {
      if (near(car.x(), car.y(), 6)) {
        actors.add(draw(picture, car));
      }
    }
    for (Walker walker : crowd.at(time)) {
      if (near(walker.pose().x(), walker.pose().y(), 2)) {
        actors.add(draw(picture, walker));
      }
    }
    return actors;
  }

  private List<Actor> measure(ActorLayer layer) {
    List<Actor> cars = new ArrayList<>();
    for (ParkedCar car : world.parkedCars()) {
      cars.add(new Actor(car.number(), CAR, layer.measure(car.mesh())));
    }
    return cars;
  }

  private Actor draw(Picture picture, Walker walker) {
    mesh.clear();
    List<Vec3> feet = PersonModel.draw(mesh, walker.look(), walker.pose());
    return new Actor(walker.number(), PERSON, picture.draw(mesh, walker.number(), feet, 0.26));
  }

  private Actor draw(Picture picture, Traffic.Driven car) {
    mesh.clear();
    Vec3 place = new Vec3(car.x(), car.y(), 0);
    car.car().draw(mesh, place, car.heading(), car.rolled());
    List<Vec3> under = new ArrayList<>();
    for (double share = -0.38; share < 0.4; share += 0.19) {
      under.add(place.plus(Shapes.direction(car.heading()).times(share * car.car().length())));
    }
    return new Actor(car.number(), CAR, picture.draw(mesh, car.number(), under, 0.8));
  }

  /** Whether something of a reach, m, can show in the picture or throw a shadow into it. */
  private boolean near(double x, double y, double reach) {
    Vec3 place = new Vec3(x, y, 1);
    double depth = camera.depth(place);
    if (depth < 1) {
      return false;
    }
    ImagePoint at = camera.project(place);
    double margin = (reach + 3) * camera.focal() / depth;
    return at.x() > -margin
        && at.y() > -margin
        && at.x() < camera.width() + margin
        && at.y() < camera.height() + margin;
  }

  /**
   * A rectangle on the ground before the camera, as it appears, px: where a zone makes sense.
   *
   * @param half of its side, m
   */
  public List<ImagePoint> groundSquare(double half) {
    Vec3 middle = middle();
    List<ImagePoint> corners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double turn = Math.PI / 4 + i * Math.PI / 2;
      corners.add(
          camera.project(middle.plus(Shapes.direction(turn).times(half * StrictMath.sqrt(2)))));
    }
    return corners;
  }

  /** A line on the ground across the middle of the picture, px. */
  public List<ImagePoint> groundLine(double half) {
    Vec3 across =
        camera
            .ray(camera.width(), camera.height() / 2.0)
            .minus(camera.ray(0, camera.height() / 2.0));
    Vec3 level = new Vec3(across.x(), across.y(), 0).normalized().times(half);
    return List.of(camera.project(middle().minus(level)), camera.project(middle().plus(level)));
  }

  private Vec3 middle() {
    Vec3 ray = camera.ray(camera.width() / 2.0, camera.height() * 0.55);
    double reach = ray.z() < -0.02 ? Math.min(40, camera.position().z() / -ray.z()) : 15;
    Vec3 at = camera.position().plus(ray.times(reach));
    return new Vec3(at.x(), at.y(), 0);
  }
}
