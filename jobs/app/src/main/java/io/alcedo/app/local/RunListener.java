package io.alcedo.app.local;

/** Is told how a run goes, several times a second. */
public interface RunListener {
  /**
   * Called after each look at the topics.
   *
   * @param published frames that the cameras sent so far
   * @param accounting what the topics say so far
   */
  void progress(long published, Accounting accounting);

  /** Called before the run ends with what is odd about a camera but did not stop it. */
  void warning(String text);
}
