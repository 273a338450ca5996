package io.alcedo.connectors.jdbc;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Speed;
import io.alcedo.connectors.wire.AnalyticsRowCodec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A column of the table.
 *
 * @param name as SQL has it
 * @param type of PostgreSQL
 * @param value what it holds of a row, as the driver takes it; may give null
 */
record AnalyticsColumn(String name, String type, Function<AnalyticsRow, Object> value) {
  /** What names a row. */
  static final List<AnalyticsColumn> KEY =
      List.of(
          text("camera", AnalyticsRow::camera),
          // Empty for the whole picture: a key takes no null.
          text("zone", row -> row.zone() == null ? "" : row.zone()),
          text("label", AnalyticsRow::label),
          time("window_start", AnalyticsRow::start),
          time("window_end", AnalyticsRow::end));

  /** What was seen; durations are in seconds. */
  static final List<AnalyticsColumn> FIGURES =
      List.of(
          count("frames", AnalyticsRow::frames),
          number("observed_seconds", AnalyticsRow::observedSeconds),
          count("tracks", AnalyticsRow::tracks),
          number("occupancy_mean", AnalyticsRow::occupancyMean),
          new AnalyticsColumn("occupancy_max", "integer", AnalyticsRow::occupancyMax),
          count("entered", AnalyticsRow::entered),
          // The row's "left", which is a word of SQL.
          count("exited", AnalyticsRow::left),
          count("dwell_stays", row -> row.dwell().stays()),
          number("dwell_p50", row -> row.dwell().p50()),
          number("dwell_p90", row -> row.dwell().p90()),
          number("dwell_p99", row -> row.dwell().p99()),
          number("dwell_max", row -> row.dwell().max()),
          json("crossings", AnalyticsRowCodec::crossings),
          number("speed_mean", row -> ofSpeed(row, Speed::mean)),
          number("speed_max", row -> ofSpeed(row, Speed::max)),
          text("speed_unit", row -> ofSpeed(row, Speed::unit)),
          json("heat", AnalyticsRowCodec::heat));

  /** In the table's order. */
  static final List<AnalyticsColumn> ALL = Stream.concat(KEY.stream(), FIGURES.stream()).toList();

  /** Where a statement takes its value; the driver sends JSON as text. */
  String placeholder() {
    return type.equals("jsonb") ? "CAST(? AS jsonb)" : "?";
  }

  /** Columns one after another, each written in some way. */
  static String list(List<AnalyticsColumn> columns, Function<AnalyticsColumn, String> form) {
    return columns.stream().map(form).collect(Collectors.joining(", "));
  }

  private static AnalyticsColumn text(String name, Function<AnalyticsRow, Object> value) {
    return new AnalyticsColumn(name, "text", value);
  }

  private static AnalyticsColumn time(String name, Function<AnalyticsRow, Instant> value) {
    return new AnalyticsColumn(
        name, "timestamptz", row -> value.apply(row).atOffset(ZoneOffset.UTC));
  }

  private static AnalyticsColumn count(String name, Function<AnalyticsRow, Object> value) {
    return new AnalyticsColumn(name, "bigint", value);
  }

  private static AnalyticsColumn number(String name, Function<AnalyticsRow, Object> value) {
    return new AnalyticsColumn(name, "double precision", value);
  }

  private static AnalyticsColumn json(String name, Function<AnalyticsRow, Object> value) {
    return new AnalyticsColumn(name, "jsonb", value);
  }

  private static <T> T ofSpeed(AnalyticsRow row, Function<Speed, T> part) {
    return row.speed() == null ? null : part.apply(row.speed());
  }
}
