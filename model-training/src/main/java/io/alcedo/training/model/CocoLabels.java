package io.alcedo.training.model;

import java.util.ArrayList;
import java.util.List;

/** The names of COCO's categories (Lin et al. 2014), and of classes that nobody named. */
public final class CocoLabels {
  /** Ids 1 to 90; ids that COCO left out are called N/A, so that a label is its category's id. */
  public static final List<String> BY_ID =
      List.of(
          "person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic light, "
              .concat("fire hydrant, N/A, stop sign, parking meter, bench, bird, cat, dog, horse, ")
              .concat("sheep, cow, elephant, bear, zebra, giraffe, N/A, backpack, umbrella, N/A, ")
              .concat("N/A, handbag, tie, suitcase, frisbee, skis, snowboard, sports ball, kite, ")
              .concat("baseball bat, baseball glove, skateboard, surfboard, tennis racket, ")
              .concat("bottle, N/A, wine glass, cup, fork, knife, spoon, bowl, banana, apple, ")
              .concat("sandwich, orange, broccoli, carrot, hot dog, pizza, donut, cake, chair, ")
              .concat("couch, potted plant, bed, N/A, dining table, N/A, N/A, toilet, N/A, tv, ")
              .concat("laptop, mouse, remote, keyboard, cell phone, microwave, oven, toaster, ")
              .concat("sink, refrigerator, N/A, book, clock, vase, scissors, teddy bear, ")
              .concat("hair drier, toothbrush")
              .split(", ", -1));

  private CocoLabels() {}

  /** COCO's names if there are 90 of them, else {@code class-1} and so on. */
  public static List<String> ofDetector(int classes) {
    return classes == BY_ID.size() ? BY_ID : numbered(classes, 1);
  }

  /** {@code class-FIRST} and so on. */
  public static List<String> numbered(int classes, int first) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      names.add("class-" + (first + i));
    }
    return names;
  }
}
