package io.alcedo.app.bench;

/** Something whose speed is compared with others'. */
public interface Contender {
  /** In tables. */
  String name();

  /** Pictures of one run. */
  int batch();

  /** Loads it; while it is open no other contender is. */
  Runner open();

  /** A contender that is loaded. */
  interface Runner extends AutoCloseable {
    /** Looks at one batch of pictures; preparing them is not part of what is measured. */
    void prepare(int number);

    /** What is measured, on the batch that was prepared. */
    void run();

    @Override
    void close();
  }
}
