package io.alcedo.connectors.simulation;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.simulation.render.ImagePoint;
import io.alcedo.connectors.simulation.world.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A camera in a made-up world, with ground truth. Frames are a pure function of the {@link
 * SceneSpec}: the same bytes on every run and machine. Not for use by several threads at once.
 */
public final class SimulatedCamera implements Iterator<SimulatedFrame> {
  private static final Duration DEFAULT_DWELL = Duration.ofSeconds(3);

  private final SceneSpec spec;
  private final SceneRenderer renderer;
  private final EventWatcher watcher;
  private final Map<Integer, Integer> tracks = new HashMap<>();
  private final long frames;
  private long index;

  /** A camera that reports the events of its default zone. */
  public SimulatedCamera(SceneSpec spec) {
    this(spec, null);
  }

  /** A camera that reports the events of given zones and lines. */
  public SimulatedCamera(SceneSpec spec, GroundTruthRules rules) {
    this.spec = spec;
    this.renderer = new SceneRenderer(spec);
    this.frames = spec.frames().orElse(Long.MAX_VALUE);
    this.watcher =
        new EventWatcher(
            rules == null ? new GroundTruthRules(List.of(defaultZone()), List.of()) : rules);
  }

  public SceneSpec spec() {
    return spec;
  }

  /** A square of five metres on the ground before the camera. */
  public GroundTruthRules.Zone defaultZone() {
    return new GroundTruthRules.Zone("zone", renderer.stage().groundSquare(2.5), DEFAULT_DWELL);
  }

  /** A line of eight metres across the middle of what the camera sees. */
  public GroundTruthRules.Line defaultLine() {
    List<ImagePoint> ends = renderer.stage().groundLine(4);
    return new GroundTruthRules.Line("line", ends.get(0), ends.get(1));
  }

  @Override
  public boolean hasNext() {
    return index < frames;
  }

  /**
   * The next frame.
   *
   * @throws NoSuchElementException after the last one
   */
  @Override
  public SimulatedFrame next() {
    if (!hasNext()) {
      throw new NoSuchElementException(
          "the simulated camera ended after %d frames".formatted(frames));
    }
    Duration offset = spec.offset(index);
    byte[] bgr = new byte[spec.width() * spec.height() * 3];
    List<Actor> actors = renderer.render(offset, offset.toNanos() / 1e9, index, bgr);
    TruthReader reader = new TruthReader(spec.width(), spec.height(), renderer.objects());
    List<TruthObject> objects = new ArrayList<>();
    List<EventWatcher.Anchor> anchors = new ArrayList<>();
    List<SimulatedFrame.Body> bodies = new ArrayList<>();
    for (Actor actor : actors) {
      TruthObject object = reader.read(actor, tracks.getOrDefault(actor.number(), 0), "");
      if (object != null) {
        objects.add(named(object, track(actor), identity(actor)));
      }
      follow(actor, anchors, bodies);
    }
    bodies.sort(Comparator.comparingInt(SimulatedFrame.Body::track));
    objects.sort(Comparator.comparingInt(TruthObject::track));
    List<TruthEvent> events = watcher.next(offset, anchors);
    return new SimulatedFrame(
        index++, offset, spec.width(), spec.height(), bgr, objects, bodies, events);
  }

  private int track(Actor actor) {
    return tracks.computeIfAbsent(actor.number(), number -> tracks.size() + 1);
  }

  private String identity(Actor actor) {
    return identity(spec, actor);
  }

  static String identity(SceneSpec spec, Actor actor) {
    return "%s-%d/%s-%d"
        .formatted(spec.scene().title(), spec.seed(), actor.label(), actor.number());
  }

  /** An object that was seen once is followed as long as its anchor is in the picture. */
  private void follow(
      Actor actor, List<EventWatcher.Anchor> anchors, List<SimulatedFrame.Body> bodies) {
    Integer track = tracks.get(actor.number());
    Box full = TruthReader.fullBox(actor);
    ImagePoint anchor = new ImagePoint(full.centerX(), full.bottom());
    boolean inside =
        anchor.x() >= 0
            && anchor.y() >= 0
            && anchor.x() < spec.width()
            && anchor.y() < spec.height();
    if (track != null && inside && full.area() > 0) {
      anchors.add(new EventWatcher.Anchor(track, identity(actor), anchor));
      bodies.add(new SimulatedFrame.Body(track, actor.label(), full));
    }
  }

  private static TruthObject named(TruthObject object, int track, String identity) {
    return new TruthObject(
        track,
        identity,
        object.label(),
        object.visibleBox(),
        object.fullBox(),
        object.mask(),
        object.visibleFraction());
  }
}
