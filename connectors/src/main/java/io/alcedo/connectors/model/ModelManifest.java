package io.alcedo.connectors.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What a model file is and how to speak to it; lies beside it as {@code manifest.json}.
 *
 * @param v format version, 1
 * @param name short name, as in {@code person-detector}
 * @param task what it does
 * @param file file name of the weights, beside the manifest
 * @param sha256 of that file, hex
 * @param input how a picture goes in
 * @param outputs how results come out
 * @param labels class names by label id; index 0 is the background of a detector, and the first
 *     class of a classifier; of an encoder empty
 * @param thresholds which results count
 * @param licence SPDX expression or a sentence
 * @param provenance free facts: command, data, date, commit, measured figures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelManifest(
    int v,
    String name,
    Task task,
    String file,
    String sha256,
    Input input,
    Outputs outputs,
    List<String> labels,
    Thresholds thresholds,
    String licence,
    Map<String, String> provenance) {

  /** What a model does. */
  public enum Task {
    DETECTION,
    CLASSIFICATION,
    EMBEDDING
  }

  /** Order of the input's dimensions. */
  public enum Layout {
    NHWC,
    NCHW,
    /** One picture a run. */
    CHW
  }

  /** Number type of the input. */
  public enum NumberType {
    UINT8,
    FLOAT32
  }

  /** Order of the colour channels. */
  public enum ColorOrder {
    RGB,
    BGR
  }

  /** How a picture is fitted to the input. */
  public enum Resize {
    /** {@link io.alcedo.connectors.geometry.Letterbox} on the canvas. */
    LETTERBOX,
    /** Stretched to the canvas. */
    STRETCH,
    /**
     * The shorter side to {@code shortSide}, the longer to {@code longSide} at most; the canvas is
     * rounded up to a multiple of {@code multipleOf}.
     */
    SHORT_SIDE,
    /** The shorter side to {@code shortSide}, then the canvas from its middle. */
    CENTER_CROP,
    /** Left as it is. */
    NONE
  }

  /** Shape of the masks that come out. */
  public enum MaskForm {
    NONE,
    /** A square of probabilities per box, to be pasted. */
    PER_BOX,
    /** Probabilities of the whole picture. */
    FULL_IMAGE
  }

  /** Which pixels the boxes that come out count. */
  public enum BoxSpace {
    /** Of the tensor that went in. */
    CANVAS,
    /** Of the original picture; only where it goes in as it is. */
    ORIGINAL
  }

  /**
   * How a picture goes in: value = (pixel × scale − mean) ÷ std, channel by channel; 0 where the
   * picture does not cover the canvas.
   *
   * @param name graph input of the picture
   * @param sizesName graph input of the true sizes [N,4] (w, h, w, h), null where there is none
   * @param mean of the three channels, in {@code colorOrder}
   * @param std of the three channels, in {@code colorOrder}
   * @param canvasWidth px; 0 where the picture decides (SHORT_SIDE, NONE)
   * @param canvasHeight px; 0 where the picture decides
   * @param shortSide px, of SHORT_SIDE and CENTER_CROP, else null
   * @param longSide px, of SHORT_SIDE, else null
   * @param multipleOf px, of SHORT_SIDE, else null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Input(
      String name,
      String sizesName,
      Layout layout,
      NumberType type,
      ColorOrder colorOrder,
      double scale,
      List<Double> mean,
      List<Double> std,
      Resize resize,
      int canvasWidth,
      int canvasHeight,
      Integer shortSide,
      Integer longSide,
      Integer multipleOf) {

    /** Of a canvas that is fixed, without a rule about the shorter side. */
    public Input(
        String name,
        String sizesName,
        Layout layout,
        NumberType type,
        ColorOrder colorOrder,
        double scale,
        List<Double> mean,
        List<Double> std,
        Resize resize,
        int canvasWidth,
        int canvasHeight) {
      this(
          name,
          sizesName,
          layout,
          type,
          colorOrder,
          scale,
          mean,
          std,
          resize,
          canvasWidth,
          canvasHeight,
          null,
          null,
          null);
    }

    /** The same for a graph input of another name. */
    public Input named(String other) {
      return new Input(
          other,
          sizesName,
          layout,
          type,
          colorOrder,
          scale,
          mean,
          std,
          resize,
          canvasWidth,
          canvasHeight,
          shortSide,
          longSide,
          multipleOf);
    }

    /** The same canvas from the middle of a picture whose shorter side is scaled first. */
    public Input fromTheMiddle(int side) {
      return new Input(
          name,
          sizesName,
          layout,
          type,
          colorOrder,
          scale,
          mean,
          std,
          Resize.CENTER_CROP,
          canvasWidth,
          canvasHeight,
          side,
          null,
          null);
    }

    /** The same pixels on a canvas that is fixed. */
    public Input on(Resize how, int width, int height) {
      return new Input(
          name, sizesName, layout, type, colorOrder, scale, mean, std, how, width, height);
    }
  }

  /**
   * Names of the graph's outputs; null where there is none.
   *
   * @param scores of a detector [M]; of a classifier [N, classes], probabilities
   * @param batchIndex which picture each object is of; null where one picture goes in at a time
   * @param logits of a classifier, [N, classes] before the softmax; others have none
   * @param embedding of an encoder; others have none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outputs(
      String boxes,
      String labels,
      String scores,
      String batchIndex,
      String masks,
      MaskForm maskForm,
      BoxSpace boxSpace,
      String logits,
      Vector embedding) {
    /** Of a detector or a classifier. */
    public Outputs(
        String boxes,
        String labels,
        String scores,
        String batchIndex,
        String masks,
        MaskForm maskForm,
        BoxSpace boxSpace,
        String logits) {
      this(boxes, labels, scores, batchIndex, masks, maskForm, boxSpace, logits, null);
    }

    /** Of a classifier. */
    public static Outputs classifier(String logits) {
      return new Outputs(null, null, null, null, null, null, null, logits);
    }

    /** Of an encoder. */
    public static Outputs encoder(Vector embedding) {
      return new Outputs(null, null, null, null, null, null, null, null, embedding);
    }
  }

  /**
   * The vector that an encoder makes of a picture, [N, dimensions] of length 1.
   *
   * @param name of the graph's output
   * @param layer of the network that it is, as in {@code fc.2}
   */
  public record Vector(String name, int dimensions, String layer) {}

  /**
   * Scores from 0 to 1.
   *
   * @param wire an object travels from this score on
   * @param mask its mask is written from this score on
   * @param display it is drawn and counted from this score on
   * @param maxObjects of one frame
   */
  public record Thresholds(double wire, double mask, double display, int maxObjects) {
    public static final Thresholds DEFAULT = new Thresholds(0.05, 0.5, 0.5, 100);
  }

  /** name@first 8 hex digits of the SHA-256. */
  public String version() {
    return name + "@" + sha256.substring(0, 8);
  }
}
