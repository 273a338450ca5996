package io.alcedo.app.index;

/** Comparing with every vector keeps the contract. */
class ExactIndexTest extends VectorIndexContract {
  @Override
  VectorIndex open() {
    return new ExactIndex();
  }
}
