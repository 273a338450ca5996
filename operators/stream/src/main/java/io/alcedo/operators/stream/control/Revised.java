package io.alcedo.operators.stream.control;

import java.time.Instant;

/** A revision of something that is changed while jobs run: a rule, a camera. */
public interface Revised {
  /** Stays the same over all revisions. */
  String id();

  /** Counts from 1. */
  Integer revision();

  /** Event time from which it holds. */
  Instant effectiveFrom();

  /** id@revision. */
  default String version() {
    return id() + "@" + revision();
  }
}
