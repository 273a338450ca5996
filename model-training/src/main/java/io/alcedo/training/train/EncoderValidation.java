package io.alcedo.training.train;

import io.alcedo.training.data.CropName;
import io.alcedo.training.data.PictureSet;
import io.alcedo.training.evaluation.NearestNeighbours;
import io.alcedo.training.evaluation.PictureVectors;
import io.alcedo.training.evaluation.PictureVectors.Looked;
import io.alcedo.training.evaluation.Retrieval;
import io.alcedo.training.evaluation.Retrieval.Item;
import io.alcedo.training.moco.EmbeddingLayer;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.train.TrainingTask.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an encoder in training is judged by. */
interface EncoderValidation {
  /** Names of the figures. */
  List<String> figures();

  /** Judges. */
  List<Look> looks(Parameters parameters);

  /**
   * Whether the nearest of the pictures that are learned tell the class of those that are not.
   *
   * @param bank pictures that are learned
   * @param asked pictures that are not
   * @param layer that will serve
   */
  record ByNeighbours(
      PictureVectors vectors, PictureSet bank, PictureSet asked, EmbeddingLayer layer)
      implements EncoderValidation {
    @Override
    public List<String> figures() {
      return List.of("knn_embedding", "knn_features");
    }

    @Override
    public List<Look> looks(Parameters parameters) {
      Looked known = vectors.of(parameters, bank);
      Looked looked = vectors.of(parameters, asked);
      double embedding = NearestNeighbours.top1(known, looked, layer);
      double features = NearestNeighbours.top1(known, looked, EmbeddingLayer.FEATURES);
      String text =
          String.format(
              Locale.ROOT,
              "nearest neighbours' top-1 %.4f (of the trunk's features %.4f)",
              embedding,
              features);
      return List.of(new Look("validation", List.of(embedding, features), text, embedding));
    }
  }

  /**
   * Whether each camera's people are found again at another time.
   *
   * @param crops a folder for each of them
   * @param layer that will serve
   */
  record ByRetrieval(PictureVectors vectors, PictureSet crops, EmbeddingLayer layer)
      implements EncoderValidation {
    /** Pictures of a track nearer in time than this are near copies. */
    private static final double GAP_SECONDS = 2;

    @Override
    public List<String> figures() {
      return List.of("recall", "map");
    }

    @Override
    public List<Look> looks(Parameters parameters) {
      List<Look> looks = new ArrayList<>();
      cameras(vectors.of(parameters, crops))
          .forEach(
              (camera, items) -> {
                Retrieval found = Retrieval.of(items, GAP_SECONDS);
                double map = found.meanAveragePrecision();
                String text =
                    String.format(
                        Locale.ROOT,
                        "recall@1 %.3f, mAP %.3f (%d asked)",
                        found.recall(),
                        map,
                        found.queries());
                looks.add(new Look(camera, List.of(found.recall(), map), text, map));
              });
      return looks;
    }

    private Map<String, List<Item>> cameras(Looked looked) {
      float[][] rows = looked.unitLength(layer);
      Map<String, List<Item>> cameras = new TreeMap<>();
      for (int i = 0; i < crops.size(); i++) {
        CropName name = CropName.parse(crops.name(i));
        String camera = name.camera();
        String identity = String.valueOf(crops.label(i));
        cameras
            .computeIfAbsent(camera, unused -> new ArrayList<>())
            .add(new Item(identity, camera, name.seconds(), rows[i]));
      }
      return cameras;
    }
  }
}
