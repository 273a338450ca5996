package io.alcedo.app.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * What rules of one kind said, held against what happened. Each alert is of one event, the first
 * that is near and has none yet.
 */
public final class RuleScore {
  private int found;
  private int events;
  private int alerts;
  private int showing;
  private int showingFound;

  /**
   * Something that happened.
   *
   * @param seconds from the beginning
   * @param shows whether whom it happened to could well be seen
   */
  public record Event(double seconds, boolean shows) {}

  /**
   * Adds what happened before one camera.
   *
   * @param said times of the alerts, seconds from the beginning, ascending
   * @param near largest distance of an alert from its event, seconds
   */
  public void add(List<Event> truth, List<Double> said, double near) {
    List<Double> left = new ArrayList<>(said);
    events += truth.size();
    alerts += said.size();
    for (Event event : truth) {
      boolean isFound = take(left, event.seconds(), near);
      found += isFound ? 1 : 0;
      showing += event.shows() ? 1 : 0;
      showingFound += event.shows() && isFound ? 1 : 0;
    }
  }

  private static boolean take(List<Double> left, double seconds, double near) {
    for (int i = 0; i < left.size(); i++) {
      if (Math.abs(left.get(i) - seconds) <= near) {
        left.remove(i);
        return true;
      }
    }
    return false;
  }

  /** Adds another score. */
  public void add(RuleScore other) {
    found += other.found;
    events += other.events;
    alerts += other.alerts;
    showing += other.showing;
    showingFound += other.showingFound;
  }

  public int events() {
    return events;
  }

  public int alerts() {
    return alerts;
  }

  /** Share of the alerts that were of an event; NaN without alerts. */
  public double precision() {
    return (double) found / alerts;
  }

  /** Share of the events of which there was an alert; NaN without events. */
  public double recall() {
    return (double) found / events;
  }

  /** The same of those who could well be seen. */
  public double recallOfShowing() {
    return (double) showingFound / showing;
  }

  public int showing() {
    return showing;
  }
}
