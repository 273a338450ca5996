package io.alcedo.operators.stream.rules;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.operators.stream.observe.ObjectFilter;
import io.alcedo.operators.stream.scene.Anchor;
import io.alcedo.operators.stream.scene.TripLine;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * When a rule's condition holds, as it is written in YAML. Which keys a type has is in its
 * description.
 *
 * @param type what must come true
 * @param labels classes of objects; empty or absent = all
 * @param minScore objects count from this score on; default 0.5
 * @param minAge objects count when their track is so old; default 0
 * @param anchor which point of an object counts; default its bottom centre
 * @param zone name of a zone of the camera's scene
 * @param line name of a line of the camera's scene
 * @param direction in which the line is crossed; default either
 * @param margin how far beyond the line somebody must be to have crossed it, heights of the object;
 *     default 0.1
 * @param lasting {@code for}: how long it must be true
 * @param tolerance how long somebody may be outside a zone without having left; default 500 ms
 * @param atLeast objects, or objects on average
 * @param atMost objects, or objects on average
 * @param over the span of time that is looked at; default of {@code speed} 1 s
 * @param above speed, m/s where the scene has a ground, else heights of the object a second; of
 *     {@code novel} the novelty, 0 (seen before) to 1
 * @param distance how far something may stir, m or heights of the object; default 0.3
 * @param unattended who must not be near for something to be left behind
 * @param brightness mean below which a picture is dark, 0 to 255; default 20
 * @param contrast deviation below which a picture shows nothing, 0 to 255; default 6
 * @param skew most that capture and publishing may be apart; default 30 s
 * @param first what comes first
 * @param then what comes after it
 * @param within how long after
 * @param of parts of {@code any} and {@code all}
 * @param sameTrack whether all parts must be of the same object; default false
 */
public record ConditionSpec(
    Type type,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> labels,
    Double minScore,
    Duration minAge,
    Anchor anchor,
    String zone,
    String line,
    Crossed direction,
    Double margin,
    @JsonProperty("for") Duration lasting,
    Duration tolerance,
    Double atLeast,
    Double atMost,
    Duration over,
    Double above,
    Double distance,
    Unattended unattended,
    Double brightness,
    Double contrast,
    Duration skew,
    ConditionSpec first,
    ConditionSpec then,
    Duration within,
    List<ConditionSpec> of,
    Boolean sameTrack)
    implements Serializable {

  /** What may come true. */
  public enum Type {
    /** An object that was not there before; {@code zone}. */
    @JsonProperty("appears")
    APPEARS("appears"),
    /** Somebody comes into a zone; {@code zone}. */
    @JsonProperty("enters")
    ENTERS("enters"),
    /** Somebody goes out of a zone; {@code zone}. */
    @JsonProperty("leaves")
    LEAVES("leaves"),
    /** Somebody is in a zone for a time; {@code zone}, {@code for}. */
    @JsonProperty("dwells")
    DWELLS("dwells"),
    /** Somebody crosses a line; {@code line}, {@code direction}. */
    @JsonProperty("crosses")
    CROSSES("crosses"),
    /** So many at once; {@code atLeast} or {@code atMost}, {@code zone}, {@code for}. */
    @JsonProperty("count")
    COUNT("count"),
    /** So many on average; {@code over}, {@code atLeast} or {@code atMost}, {@code zone}. */
    @JsonProperty("occupancy")
    OCCUPANCY("occupancy"),
    /** Something does not move; {@code for}, {@code distance}, {@code unattended}. */
    @JsonProperty("stationary")
    STATIONARY("stationary"),
    /** Something is fast; {@code above}. */
    @JsonProperty("speed")
    SPEED("speed"),
    /** Nobody like it was seen by the camera before; {@code above}, {@code zone}. */
    @JsonProperty("novel")
    NOVEL("novel"),
    /** Nothing is there; {@code for}, {@code zone}. */
    @JsonProperty("absent")
    ABSENT("absent"),
    /** One after the other; {@code first}, {@code then}, {@code within}. */
    @JsonProperty("sequence")
    SEQUENCE("sequence"),
    /** At least one; {@code of}. */
    @JsonProperty("any")
    ANY("any"),
    /** All at once; {@code of}. */
    @JsonProperty("all")
    ALL("all"),
    /** No frames though the publisher lives; {@code for}. */
    @JsonProperty("offline")
    OFFLINE("offline"),
    /** The same picture again and again; {@code for}. */
    @JsonProperty("frozen")
    FROZEN("frozen"),
    /** Dark, or covered; {@code for}. */
    @JsonProperty("dark")
    DARK("dark"),
    /** Times that are not those of publishing; {@code for}, {@code skew}. */
    @JsonProperty("clock-skew")
    CLOCK_SKEW("clock-skew");

    private final String code;

    Type(String code) {
      this.code = code;
    }

    /** For people. */
    String fault() {
      return switch (this) {
        case OFFLINE -> "no frames";
        case FROZEN -> "the same picture";
        case DARK -> "dark or covered";
        case CLOCK_SKEW -> "clock is wrong";
        default -> code;
      };
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /** Which way a line must be crossed. */
  public enum Crossed {
    @JsonProperty("left-to-right")
    LEFT_TO_RIGHT("left-to-right"),
    @JsonProperty("right-to-left")
    RIGHT_TO_LEFT("right-to-left"),
    @JsonProperty("either")
    EITHER("either");

    private final String code;

    Crossed(String code) {
      this.code = code;
    }

    boolean includes(TripLine.Direction direction) {
      return switch (direction) {
        case NONE -> false;
        case LEFT_TO_RIGHT -> this != RIGHT_TO_LEFT;
        case RIGHT_TO_LEFT -> this != LEFT_TO_RIGHT;
      };
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /**
   * Who must not be near.
   *
   * @param labels classes of objects
   * @param distance nearer is near, m or heights of the thing; default 3
   */
  public record Unattended(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> labels,
      Double distance)
      implements Serializable {
    public Unattended {
      labels = labels == null ? List.of() : List.copyOf(labels);
      distance = distance == null ? 3 : distance;
    }
  }

  private static final Set<Type> IN_A_ZONE = EnumSet.of(Type.ENTERS, Type.LEAVES, Type.DWELLS);
  private static final Set<Type> FOR_A_TIME =
      EnumSet.of(Type.DWELLS, Type.STATIONARY, Type.ABSENT, Type.OFFLINE, Type.FROZEN, Type.DARK);
  private static final Set<Type> COUNTED = EnumSet.of(Type.COUNT, Type.OCCUPANCY);
  private static final Set<Type> OF_CAMERAS =
      EnumSet.of(Type.OFFLINE, Type.FROZEN, Type.DARK, Type.CLOCK_SKEW);
  private static final Set<Type> OVER_A_TIME = EnumSet.of(Type.OCCUPANCY, Type.SPEED);
  private static final Set<Type> LIMITED = EnumSet.of(Type.SPEED, Type.NOVEL);
  private static final Set<Type> OF_PARTS = EnumSet.of(Type.ANY, Type.ALL);

  public ConditionSpec {
    require(type != null, "type", type, List.of(Type.values()).toString());
    labels = labels == null ? List.of() : List.copyOf(labels);
    minScore = minScore == null ? 0.5 : minScore;
    require(minScore >= 0 && minScore <= 1, "minScore", minScore, "0 to 1");
    minAge = minAge == null ? Duration.ZERO : minAge;
    anchor = anchor == null ? Anchor.BOTTOM_CENTER : anchor;
    require(!IN_A_ZONE.contains(type) || zone != null, "zone", zone, "the name of a zone");
    require((type == Type.CROSSES) == (line != null), "line", line, "the name of a line to cross");
    direction = direction == null ? Crossed.EITHER : direction;
    margin = margin == null ? 0.1 : margin;
    require(margin >= 0, "margin", margin, "0 or more heights of the object");
    require(!FOR_A_TIME.contains(type) || lasting != null, "for", lasting, "a duration such as 5s");
    lasting = lasting == null ? Duration.ZERO : lasting;
    tolerance = tolerance == null ? Duration.ofMillis(500) : tolerance;
    require(
        COUNTED.contains(type) == (atLeast != null || atMost != null),
        "atLeast",
        atLeast,
        "atLeast or atMost of count and occupancy, and of nothing else");
    require(type != Type.OCCUPANCY || over != null, "over", over, "a duration such as 60s");
    over = over == null ? Duration.ofSeconds(1) : over;
    require(over.compareTo(Duration.ofMillis(20)) >= 0, "over", over, "20ms or more");
    require(
        LIMITED.contains(type) == (above != null), "above", above, "a limit of speed or novelty");
    require(type != Type.NOVEL || (above >= 0 && above < 1), "above", above, "0 to below 1");
    distance = distance == null ? 0.3 : distance;
    require(
        unattended == null || type == Type.STATIONARY, "unattended", unattended, "only stationary");
    brightness = brightness == null ? 20 : brightness;
    contrast = contrast == null ? 6 : contrast;
    skew = skew == null ? Duration.ofSeconds(30) : skew;
    boolean sequence = type == Type.SEQUENCE;
    require(sequence == (first != null), "first", first, "a condition, of a sequence");
    require(sequence == (then != null), "then", then, "a condition, of a sequence");
    require(sequence == (within != null), "within", within, "a duration, of a sequence");
    of = of == null ? List.of() : List.copyOf(of);
    require(OF_PARTS.contains(type) == !of.isEmpty(), "of", of, "conditions, of any and all");
    sameTrack = sameTrack != null && sameTrack;
    require(
        of.stream().noneMatch(ConditionSpec::isAboutNovelty)
            && !isNovelty(first)
            && !isNovelty(then),
        "type of a part",
        Type.NOVEL,
        "novel by itself: how new an object is comes later than its line");
    // Other values than the defaults, which stand there too when a copy is made.
    boolean objects = !OF_CAMERAS.contains(type) && !OF_PARTS.contains(type) && !sequence;
    requireOfUse(type, "labels", labels, labels.isEmpty() || objects);
    requireOfUse(type, "minScore", minScore, minScore == 0.5 || objects);
    requireOfUse(type, "minAge", minAge, minAge.isZero() || (objects && type != Type.NOVEL));
    requireOfUse(type, "anchor", anchor, anchor == Anchor.BOTTOM_CENTER || objects);
    requireOfUse(type, "zone", zone, zone == null || (objects && type != Type.CROSSES));
    boolean crosses = type == Type.CROSSES;
    requireOfUse(type, "direction", direction, direction == Crossed.EITHER || crosses);
    requireOfUse(type, "margin", margin, margin == 0.1 || crosses);
    boolean lasts = FOR_A_TIME.contains(type) || COUNTED.contains(type) || type == Type.CLOCK_SKEW;
    requireOfUse(type, "for", lasting, lasting.isZero() || lasts);
    requireOfUse(
        type, "tolerance", tolerance, isHalfASecond(tolerance) || IN_A_ZONE.contains(type));
    requireOfUse(type, "over", over, over.toMillis() == 1000 || OVER_A_TIME.contains(type));
    requireOfUse(type, "distance", distance, distance == 0.3 || type == Type.STATIONARY);
    requireOfUse(type, "brightness", brightness, brightness == 20 || type == Type.DARK);
    requireOfUse(type, "contrast", contrast, contrast == 6 || type == Type.DARK);
    requireOfUse(type, "skew", skew, skew.toSeconds() == 30 || type == Type.CLOCK_SKEW);
    requireOfUse(type, "sameTrack", sameTrack, !sameTrack || sequence || type == Type.ALL);
  }

  private static boolean isHalfASecond(Duration duration) {
    return duration.toMillis() == 500;
  }

  private static void requireOfUse(Type type, String key, Object value, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s, which is of no use to %s; leave it out".formatted(key, value, type));
    }
  }

  private static void require(boolean holds, String key, Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s".formatted(key, found == null ? "missing" : found, expected));
    }
  }

  /** Whether it is about how new objects are, which the index says. */
  boolean isAboutNovelty() {
    return type == Type.NOVEL;
  }

  private static boolean isNovelty(ConditionSpec part) {
    return part != null && part.isAboutNovelty();
  }

  /** Whether a number of objects is what is waited for. */
  boolean isWithinLimits(double count) {
    return (atLeast == null || count >= atLeast) && (atMost == null || count <= atMost);
  }

  /** Which objects are meant. */
  ObjectFilter objects() {
    return new ObjectFilter(labels, minScore, minAge, anchor);
  }

  /** Who must not be near. */
  ObjectFilter owners() {
    return new ObjectFilter(unattended.labels(), minScore, Duration.ZERO, anchor);
  }

  /** For people: " in square", or nothing. */
  String where() {
    return zone == null ? "" : " in " + zone;
  }

  /** For people: what it is about. */
  String thing() {
    return labels.isEmpty() ? "object" : String.join(" or ", labels);
  }

  /** For people: what it is about, of several. */
  String things() {
    return labels.isEmpty() ? "objects" : thing();
  }

  /** Zones that are named, of the parts too. */
  List<String> zones() {
    return parts().stream()
        .map(ConditionSpec::zone)
        .filter(name -> name != null)
        .distinct()
        .toList();
  }

  /** Lines that are named, of the parts too. */
  List<String> lines() {
    return parts().stream()
        .map(ConditionSpec::line)
        .filter(name -> name != null)
        .distinct()
        .toList();
  }

  private List<ConditionSpec> parts() {
    List<ConditionSpec> all = new ArrayList<>(List.of(this));
    if (first != null) {
      all.addAll(first.parts());
      all.addAll(then.parts());
    }
    of.forEach(part -> all.addAll(part.parts()));
    return all;
  }
}
