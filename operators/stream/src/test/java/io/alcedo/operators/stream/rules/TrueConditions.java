package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.simulation.SimulatedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * What is truly so in one session, worked out over its whole timeline from what rules mean, without
 * their classes: for each look at the world the tracks for which something holds.
 */
final class TrueConditions {
  /** Stands for the camera as a whole. */
  static final int CAMERA = 0;

  private static final int NONE = -1;
  private static final long KNOWN_FOR = 2000;

  /** Where something stands, px. */
  record Place(double x, double y, double height) {
    private static Place of(Box box) {
      return new Place(box.centerX(), box.bottom(), box.height());
    }
  }

  /** Between a place and a thing; in metres, or heights of the thing. */
  interface Distance {
    double between(Place place, Place thing);
  }

  /** A track, by look. */
  private final class Track {
    private final String label;
    private final boolean[] there = new boolean[looks.size()];
    private final Place[] seen = new Place[looks.size()]; // null = is not found

    Track(String label) {
      this.label = label;
    }

    /** Where it was seen last while it is there; null if it was not yet. */
    Place last(int look) {
      int i = look;
      while (i >= 0 && there[i] && seen[i] == null) {
        i--;
      }
      return i < 0 || !there[i] ? null : seen[i];
    }

    boolean isIn(Predicate<Place> zone, int look) {
      Place last = last(look);
      return last != null && zone.test(last);
    }
  }

  private final List<Look> looks;
  private final Distance distance;
  private final Map<Integer, Track> tracks = new TreeMap<>();

  /**
   * Takes a session.
   *
   * @param session its looks, of which those that show nothing say nothing
   */
  TrueConditions(List<Look> session, Distance distance) {
    this.looks = session.stream().filter(look -> look.status() == LineStatus.OK).toList();
    this.distance = distance;
    for (int i = 0; i < looks.size(); i++) {
      for (SimulatedFrame.Body body : looks.get(i).bodies()) {
        track(body).there[i] = true;
      }
      for (SimulatedFrame.Body body : looks.get(i).found()) {
        track(body).seen[i] = Place.of(body.fullBox());
      }
    }
  }

  private Track track(SimulatedFrame.Body body) {
    return tracks.computeIfAbsent(body.track(), unused -> new Track(body.label()));
  }

  List<Look> looks() {
    return looks;
  }

  private long millis(int look) {
    return looks.get(look).time().toEpochMilli();
  }

  private double seconds(int from, int to) {
    return (millis(to) - millis(from)) / 1000.0;
  }

  private List<Set<Integer>> nothing() {
    List<Set<Integer>> holds = new ArrayList<>();
    looks.forEach(look -> holds.add(new TreeSet<>()));
    return holds;
  }

  /** What holds of a track at a look, one by one. */
  private List<Set<Integer>> ofTracks(BiPredicate<Track, Integer> condition) {
    List<Set<Integer>> holds = nothing();
    tracks.forEach(
        (number, track) -> {
          for (int i = 0; i < looks.size(); i++) {
            if (condition.test(track, i)) {
              holds.get(i).add(number);
            }
          }
        });
    return holds;
  }

  private List<Set<Integer>> ofCamera(IntPredicate condition) {
    List<Set<Integer>> holds = nothing();
    for (int i = 0; i < looks.size(); i++) {
      if (condition.test(i)) {
        holds.get(i).add(CAMERA);
      }
    }
    return holds;
  }

  /** The looks at which somebody is first found. */
  List<Set<Integer>> appears() {
    return ofTracks((track, i) -> track.seen[i] != null && track.last(i - 1) == null);
  }

  /** The looks at which somebody comes in. */
  List<Set<Integer>> enters(Predicate<Place> zone) {
    return ofTracks((track, i) -> track.isIn(zone, i) && (i == 0 || !track.isIn(zone, i - 1)));
  }

  List<Set<Integer>> leaves(Predicate<Place> zone) {
    return ofTracks((track, i) -> i > 0 && track.isIn(zone, i - 1) && !track.isIn(zone, i));
  }

  /** From a look that shows somebody in the zone who has been there for so long. */
  List<Set<Integer>> dwells(Predicate<Place> zone, double seconds) {
    return ofTracks(
        (track, i) -> {
          boolean holds = false;
          for (int j = i; j >= 0 && track.isIn(zone, j); j--) {
            holds |= track.seen[j] != null && seconds(start(track, zone, j), j) >= seconds;
          }
          return holds;
        });
  }

  private static int start(Track track, Predicate<Place> zone, int look) {
    int i = look;
    while (i > 0 && track.isIn(zone, i - 1)) {
      i--;
    }
    return i;
  }

  /** From one place where somebody is seen to the next, a line is in between. */
  List<Set<Integer>> crosses(BiPredicate<Place, Place> line) {
    return ofTracks(
        (track, i) -> {
          Place before = i == 0 || !track.there[i] ? null : track.last(i - 1);
          return before != null && track.seen[i] != null && line.test(before, track.seen[i]);
        });
  }

  /** At all looks for so long, so many were found. */
  List<Set<Integer>> count(Predicate<Place> zone, int atLeast, double seconds) {
    return ofCamera(
        i -> {
          int first = NONE;
          for (int j = i; j >= 0 && found(zone, j) >= atLeast; j--) {
            first = j;
          }
          return first != NONE && seconds(first, i) >= seconds;
        });
  }

  private int found(Predicate<Place> zone, int look) {
    return (int)
        looks.get(look).found().stream()
            .filter(body -> zone.test(Place.of(body.fullBox())))
            .count();
  }

  /** So long after the last look, or the first of all, at which anybody was found. */
  List<Set<Integer>> absent(Predicate<Place> zone, double seconds) {
    return ofCamera(
        i -> {
          int last = i;
          while (last > 0 && found(zone, last) == 0) {
            last--;
          }
          return found(zone, i) == 0 && seconds(last, i) >= seconds;
        });
  }

  /** The integral of the step function over the window, by its length. */
  List<Set<Integer>> occupancy(Predicate<Place> zone, long overMillis, DoublePredicate limit) {
    long part = overMillis / 20;
    return ofCamera(
        i -> {
          long from = (millis(i) / part - 19) * part;
          double objects = 0;
          double known = 0;
          for (int j = 0; j < i; j++) {
            long begin = Math.max(from, millis(j));
            long end = Math.min(millis(j + 1), millis(j) + KNOWN_FOR);
            objects += Math.max(0, end - begin) * (double) found(zone, j);
            known += Math.max(0, end - begin);
          }
          return known >= 0.9 * 0.95 * overMillis && limit.test(objects / known);
        });
  }

  /**
   * Within a distance of its place for so long; its place is where it came to be in the zone, where
   * it had moved too far from the place before, or where an owner was last near.
   *
   * @param label of the things, or null for all
   * @param near of persons who must not be nearer; negative for no matter who
   */
  List<Set<Integer>> stationary(
      String label, Predicate<Place> zone, double seconds, double stir, double near) {
    List<Set<Integer>> holds = nothing();
    tracks.forEach(
        (number, track) -> {
          int rest = NONE;
          boolean held = false;
          for (int i = 0; i < looks.size(); i++) {
            Place place = track.seen[i];
            if (!track.there[i] || (place != null && !zone.test(place))) {
              rest = NONE;
              held = false;
            } else if (place != null && (label == null || label.equals(track.label))) {
              boolean moved = rest == NONE || distance.between(track.seen[rest], place) > stir;
              boolean begins = moved || isAttended(track, place, i, near);
              rest = begins ? i : rest;
              held = (held && !begins) || seconds(rest, i) >= seconds;
            }
            if (held) {
              holds.get(i).add(number);
            }
          }
        });
    return holds;
  }

  private boolean isAttended(Track thing, Place place, int look, double near) {
    for (Track owner : tracks.values()) {
      Place where = owner.last(look);
      if (owner != thing
          && owner.label.equals("person")
          && where != null
          && distance.between(where, place) <= near) {
        return true;
      }
    }
    return false;
  }

  /** In spans that follow each other, each as long as it says or up to the next look after that. */
  List<Set<Integer>> speed(Predicate<Place> zone, double over, double above) {
    List<Set<Integer>> holds = nothing();
    tracks.forEach(
        (number, track) -> {
          int from = NONE;
          boolean fast = false;
          for (int i = 0; i < looks.size(); i++) {
            Place place = track.seen[i];
            if (!track.there[i] || (place != null && !zone.test(place))) {
              from = NONE;
              fast = false;
            } else if (place != null && from == NONE) {
              from = i;
            } else if (place != null && seconds(from, i) >= over) {
              fast = distance.between(track.seen[from], place) / seconds(from, i) > above;
              from = i;
            }
            if (fast) {
              holds.get(i).add(number);
            }
          }
        });
    return holds;
  }

  /** The looks at which something begins to hold. */
  static List<Set<Integer>> begins(List<Set<Integer>> holds) {
    List<Set<Integer>> begun = new ArrayList<>();
    for (int i = 0; i < holds.size(); i++) {
      Set<Integer> of = new TreeSet<>(holds.get(i));
      of.removeAll(i == 0 ? Set.of() : holds.get(i - 1));
      begun.add(of);
    }
    return begun;
  }

  static List<Set<Integer>> any(List<Set<Integer>> one, List<Set<Integer>> other) {
    List<Set<Integer>> either = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      Set<Integer> of = new TreeSet<>(one.get(i));
      of.addAll(other.get(i));
      either.add(of);
    }
    return either;
  }

  static List<Set<Integer>> all(List<Set<Integer>> one, List<Set<Integer>> other) {
    List<Set<Integer>> both = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      Set<Integer> of = new TreeSet<>(one.get(i));
      of.retainAll(other.get(i));
      both.add(of);
    }
    return both;
  }

  /** The same, no matter of whom. */
  static List<Set<Integer>> anybody(List<Set<Integer>> holds) {
    return holds.stream().map(of -> of.isEmpty() ? of : Set.of(CAMERA)).toList();
  }

  /** Each first is followed by one then: the first that comes after it, if it comes in time. */
  List<Set<Integer>> sequence(
      List<Set<Integer>> first, List<Set<Integer>> then, double withinSeconds) {
    List<Set<Integer>> holds = nothing();
    for (int i = 1; i < looks.size(); i++) {
      for (int subject : then.get(i)) {
        int before = i - 1;
        while (before > 0
            && !first.get(before).contains(subject)
            && !then.get(before).contains(subject)) {
          before--;
        }
        if (first.get(before).contains(subject) && seconds(before, i) <= withinSeconds) {
          holds.get(i).add(subject);
        }
      }
    }
    return holds;
  }
}
