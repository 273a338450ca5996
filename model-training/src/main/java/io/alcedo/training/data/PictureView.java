package io.alcedo.training.data;

import java.util.random.RandomGenerator;

/** How pictures come onto a classifier's canvas. */
public interface PictureView {
  /** A random view, for training. */
  Picture random(Picture picture, RandomGenerator random);

  /** The one view by which a network is judged. */
  Picture plain(Picture picture);
}
