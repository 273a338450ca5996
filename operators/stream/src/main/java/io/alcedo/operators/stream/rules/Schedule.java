package io.alcedo.operators.stream.rules;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * When a rule may raise alerts, by the clocks of a place.
 *
 * @param timeZone as in Europe/Madrid
 * @param days mon to sun, on which the span begins; absent = all
 * @param from time of day, as in 22:00; absent = the day's beginning
 * @param to time of day, not included; absent = the day's end; before {@code from} = on the next
 *     day
 */
public record Schedule(
    String timeZone,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> days,
    String from,
    String to)
    implements Serializable {
  private static final int LETTERS = 3;

  public Schedule {
    try {
      ZoneId.of(timeZone == null ? "" : timeZone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "timeZone is %s, expected one such as Europe/Madrid or UTC"
              .formatted(timeZone == null ? "missing" : timeZone),
          e);
    }
    days = days == null ? List.of() : List.copyOf(days);
    days.forEach(Schedule::day);
    time("from", from, LocalTime.MIN);
    time("to", to, LocalTime.MIN);
  }

  /** Whether a rule may raise an alert at a time. */
  public boolean covers(Instant time) {
    ZonedDateTime there = time.atZone(ZoneId.of(timeZone));
    LocalTime begin = time("from", from, LocalTime.MIN);
    LocalTime end = time("to", to, LocalTime.MIN); // midnight = the day's end
    LocalTime now = there.toLocalTime();
    boolean begun = !now.isBefore(begin);
    boolean notOver = now.isBefore(end);
    if (begin.isBefore(end)) {
      return begun && notOver && isOn(there.getDayOfWeek());
    }
    return (begun && isOn(there.getDayOfWeek()))
        || (notOver && isOn(there.getDayOfWeek().minus(1)));
  }

  private boolean isOn(DayOfWeek day) {
    if (days.isEmpty()) {
      return true;
    }
    Set<DayOfWeek> on = EnumSet.noneOf(DayOfWeek.class);
    days.forEach(name -> on.add(day(name)));
    return on.contains(day);
  }

  private static DayOfWeek day(String name) {
    List<String> known = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      String code = day.name().substring(0, LETTERS).toLowerCase(Locale.ROOT);
      known.add(code);
      if (code.equals(name)) {
        return day;
      }
    }
    throw new IllegalArgumentException("days has %s, expected some of %s".formatted(name, known));
  }

  private static LocalTime time(String key, String text, LocalTime otherwise) {
    try {
      return text == null ? otherwise : LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s is %s, expected a time of day such as \"07:30\"".formatted(key, text), e);
    }
  }
}
