package io.alcedo.operators.stream.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is remembered of one camera, while a line is being taken: cells by name, in the names'
 * order. Each part sees the cells under its own prefix.
 */
public final class Memory {
  private final NavigableMap<String, Cell> cells;
  private final String prefix;

  private Memory(NavigableMap<String, Cell> cells, String prefix) {
    this.cells = cells;
    this.prefix = prefix;
  }

  /** Begins with what was remembered. */
  public static Memory of(Map<String, Cell> cells) {
    return new Memory(new TreeMap<>(cells), "");
  }

  /** All that is remembered, under full names; a copy. */
  public Map<String, Cell> cells() {
    return Map.copyOf(cells);
  }

  /** The cells under a name. */
  public Memory under(String name) {
    return new Memory(cells, prefix + name + "/");
  }

  /** The cell of a name; null if there is none. */
  public Cell get(String name) {
    return cells.get(prefix + name);
  }

  /** Remembers. */
  public void put(String name, Cell cell) {
    cells.put(prefix + name, cell);
  }

  /** Forgets. */
  public void remove(String name) {
    cells.remove(prefix + name);
  }

  /** Names of all cells here, in order; a copy. */
  public List<String> names() {
    List<String> all = new ArrayList<>();
    for (String name : cells.tailMap(prefix, true).keySet()) {
      if (!name.startsWith(prefix)) {
        break;
      }
      all.add(name.substring(prefix.length()));
    }
    return all;
  }

  /** Forgets all cells here. */
  public void clear() {
    names().forEach(this::remove);
  }
}
