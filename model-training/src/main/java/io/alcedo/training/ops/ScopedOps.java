package io.alcedo.training.ops;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Keeps the path of scopes under which parameters are named. */
abstract class ScopedOps<T> implements Ops<T> {
  private final Deque<String> path = new ArrayDeque<>();

  @Override
  public final <R> R scope(String name, Supplier<R> body) {
    path.addLast(name);
    try {
      return body.get();
    } finally {
      path.removeLast();
    }
  }

  /** The full name of a parameter, as in {@code backbone.body.layer1.0.conv1.weight}. */
  final String qualified(String name) {
    return path.isEmpty() ? name : String.join(".", path) + "." + name;
  }
}
