package io.alcedo.training.data;

/** Labelled pictures by index; safe for several threads. */
public interface DetectionDataset {
  /** Number of pictures. */
  int size();

  /** One picture; the caller closes it. */
  DetectionSample get(int index);
}
