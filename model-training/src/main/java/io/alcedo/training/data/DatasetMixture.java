package io.alcedo.training.data;

import java.util.List;
import java.util.random.RandomGenerator;

/** Draws pictures from several datasets by their shares, whatever their sizes. */
public record DatasetMixture(List<Part> parts) {
  /** One dataset and its share of the draws, relative to the others'. */
  public record Part(DetectionDataset dataset, double share) {}

  public DatasetMixture {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no dataset to train on");
    }
  }

  /** A random picture; the caller closes it. */
  public DetectionSample draw(RandomGenerator random) {
    double total = parts.stream().mapToDouble(Part::share).sum();
    double at = random.nextDouble() * total;
    Part chosen = parts.get(parts.size() - 1);
    for (Part part : parts) {
      at -= part.share();
      if (at < 0) {
        chosen = part;
        break;
      }
    }
    return chosen.dataset().get(random.nextInt(chosen.dataset().size()));
  }
}
