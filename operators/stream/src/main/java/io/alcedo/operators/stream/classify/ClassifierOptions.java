package io.alcedo.operators.stream.classify;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All settings of the classification stage.
 *
 * @param inference model, engine and batching
 * @param on what is classified
 * @param choice which classes are written
 * @param crops which objects are cut out
 */
public record ClassifierOptions(
    InferenceOptions inference, Subject on, Choice choice, CropRule crops) implements Serializable {

  /** What is classified. */
  public enum Subject {
    /** The whole frame. */
    FRAME,
    /** Each object that was detected, cut out. */
    CROP
  }

  /**
   * Which classes of a picture are written.
   *
   * @param topK the most probable ones, so many at most
   * @param minScore from this probability on
   */
  public record Choice(int topK, double minScore) implements Serializable {
    public Choice {
      require(topK >= 1 && topK <= 100, "topK", topK, "1 to 100");
      require(minScore >= 0 && minScore <= 1, "minScore", minScore, "0 to 1");
    }
  }

  /**
   * Which objects are cut out: the best ones, so that a crowd does not hold up the stream.
   *
   * @param labels of these; empty = of all
   * @param minObjectScore from this detection score on
   * @param most of one frame
   */
  public record CropRule(List<String> labels, double minObjectScore, int most)
      implements Serializable {
    public CropRule {
      labels = List.copyOf(labels);
      require(
          minObjectScore >= 0 && minObjectScore <= 1, "minObjectScore", minObjectScore, "0 to 1");
      require(most >= 1 && most <= 1000, "maxCrops", most, "1 to 1000");
    }

    /** Indices of a line's objects, best score first as they are there. */
    public List<Integer> of(DetectionLine line) {
      return IntStream.range(0, line.objects().size())
          .filter(i -> covers(line.objects().get(i)))
          .limit(most)
          .boxed()
          .toList();
    }

    private boolean covers(DetectedObject object) {
      return object.score() >= minObjectScore
          && (labels.isEmpty() || labels.contains(object.label()));
    }
  }

  private static void require(boolean holds, String what, Object value, String expected) {
    if (!holds) {
      throw new InvalidInputException("%s is %s, expected %s".formatted(what, value, expected));
    }
  }
}
