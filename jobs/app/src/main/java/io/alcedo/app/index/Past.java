package io.alcedo.app.index;

import java.io.IOException;
import java.util.List;

/** What was seen before, page by page, the newest first. */
interface Past {
  /**
   * The next page. It may be shorter than there is more, or empty.
   *
   * @param count so many or fewer, or those of one time together
   */
  List<VectorFacts> nextFacts(int count) throws IOException;

  /** Whether all were given. */
  boolean isOver();
}
