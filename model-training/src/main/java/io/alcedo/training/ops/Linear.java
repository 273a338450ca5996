package io.alcedo.training.ops;

/** A fully connected layer: {@code name.weight} [out, in], {@code name.bias} [out]. */
public record Linear(String name, int in, int out, Initializer weight) {}
