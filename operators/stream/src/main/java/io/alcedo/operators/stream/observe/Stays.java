package io.alcedo.operators.stream.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is in a zone, and since when. Somebody who is not seen is where they were until their track
 * is over; somebody who is seen outside has left after the tolerance.
 */
public final class Stays {
  /**
   * A stay.
   *
   * @param track whose
   * @param cell since: when it began; seen: when they were seen inside last
   * @param sighting in this line; null if they are not seen
   */
  public record Stay(String track, Cell cell, Sighting sighting) {}

  private final List<Stay> begun = new ArrayList<>();
  private final List<Stay> going = new ArrayList<>();
  private final List<Stay> over = new ArrayList<>();

  private Stays() {}

  /**
   * Takes one line.
   *
   * @param zone its name; null for the whole picture, which nobody leaves before their track ends
   * @param tolerance how long somebody may be outside without having left
   */
  public static Stays step(
      ObjectFilter filter, String zone, Duration tolerance, Observation now, Memory memory) {
    Stays stays = new Stays();
    for (Sighting sighting : now.of(filter)) {
      Cell cell = memory.get(sighting.track());
      if (now.isInZone(zone, sighting)) {
        stays.inside(sighting, cell, now, memory);
      } else if (cell != null && now.hasLasted(cell.seen(), tolerance)) {
        memory.remove(sighting.track());
        stays.over.add(new Stay(sighting.track(), cell, sighting));
      }
    }
    for (String track : now.tracked().ended()) {
      Cell cell = memory.get(track);
      if (cell != null) {
        memory.remove(track);
        stays.over.add(new Stay(track, cell, null));
      }
    }
    stays.addUnseen(memory);
    return stays;
  }

  private void inside(Sighting sighting, Cell cell, Observation now, Memory memory) {
    Cell next = cell == null ? Cell.since(now.time(), sighting.object()) : cell.seenAt(now.time());
    memory.put(sighting.track(), next);
    Stay stay = new Stay(sighting.track(), next, sighting);
    going.add(stay);
    if (cell == null) {
      begun.add(stay);
    }
  }

  private void addUnseen(Memory memory) {
    List<String> seen = going.stream().map(Stay::track).toList();
    for (String track : memory.names()) {
      if (!seen.contains(track)) {
        going.add(new Stay(track, memory.get(track), null));
      }
    }
  }

  /** Those that begin at this line. */
  public List<Stay> begun() {
    return begun;
  }

  /** All that go on, those that begin too. */
  public List<Stay> going() {
    return going;
  }

  /** Those that ended at this line. */
  public List<Stay> over() {
    return over;
  }
}
