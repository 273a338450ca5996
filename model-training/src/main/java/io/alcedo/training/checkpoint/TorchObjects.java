package io.alcedo.training.checkpoint;

import io.alcedo.training.checkpoint.PickleReader.Tuple;
import io.alcedo.training.checkpoint.TensorView.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a checkpoint's pickle may use, and what they mean here: ordered dictionaries,
 * storages and views of storages ({@code torch._utils}). Everything else is refused.
 */
final class TorchObjects implements PickleReader.Host {
  /** PyTorch's own limit. */
  static final int MOST_DIMENSIONS = 64;

  private enum Function {
    ORDERED_DICT,
    TENSOR,
    PARAMETER
  }

  private static final Map<String, Function> FUNCTIONS =
      Map.of(
          "collections.OrderedDict", Function.ORDERED_DICT,
          "torch._utils._rebuild_tensor", Function.TENSOR,
          "torch._utils._rebuild_tensor_v2", Function.TENSOR,
          "torch._utils._rebuild_parameter", Function.PARAMETER);

  private final Map<String, Storage> storages = new LinkedHashMap<>();

  /** The storages that were referred to, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public Object global(String module, String name) throws RefusedException {
    Function function = FUNCTIONS.get(module + "." + name);
    if (function != null) {
      return function;
    }
    if (module.equals("torch") && TensorType.ofStorage(name).isPresent()) {
      return TensorType.ofStorage(name).get();
    }
    throw PickleReader.forbidden(module, name);
  }

  @Override
  public Object call(Object function, Tuple arguments) throws RefusedException {
    return switch (PickleReader.expect(Function.class, function)) {
      case ORDERED_DICT -> dictionary(arguments);
      case TENSOR -> tensor(arguments);
      case PARAMETER -> {
        require(arguments, 3, 3);
        yield PickleReader.expect(TensorView.class, arguments.get(0));
      }
    };
  }

  /** Python 2 gave the items as an argument. */
  private static Map<Object, Object> dictionary(Tuple arguments) throws RefusedException {
    require(arguments, 0, 1);
    Map<Object, Object> map = new LinkedHashMap<>();
    if (arguments.size() == 1) {
      for (Object item : PickleReader.expect(List.class, arguments.get(0))) {
        List<?> pair =
            item instanceof Tuple tuple ? tuple.items() : PickleReader.expect(List.class, item);
        if (pair.size() != 2) {
          throw RefusedException.damaged("its pickle has an item that is no pair");
        }
        map.put(PickleReader.key(pair.get(0)), pair.get(1));
      }
    }
    return map;
  }

  /** (storage, offset, size, stride), then in v2 requires_grad, hooks and metadata. */
  private static TensorView tensor(Tuple arguments) throws RefusedException {
    require(arguments, 4, 7);
    return new TensorView(
            PickleReader.expect(Storage.class, arguments.get(0)),
            PickleReader.expect(Long.class, arguments.get(1)),
            longs(arguments.get(2)),
            longs(arguments.get(3)))
        .checked();
  }

  /**
   * ('storage', type, key, device, elements), in legacy files also the storage that it is part of.
   */
  @Override
  public Object persistent(Object id) throws RefusedException {
    Tuple parts = PickleReader.expect(Tuple.class, id);
    require(parts, 5, 6);
    if (!"storage".equals(parts.get(0))) {
      throw RefusedException.damaged("its pickle refers to something that is no storage");
    }
    if (parts.size() == 6 && parts.get(5) != null) {
      throw new RefusedException(
          "has views of storages as PyTorch before 0.4 wrote them. Save it again with a newer one.");
    }
    Storage storage =
        new Storage(
            PickleReader.expect(String.class, parts.get(2)),
            PickleReader.expect(TensorType.class, parts.get(1)),
            PickleReader.expect(Long.class, parts.get(4)));
    if (storage.elements() < 0) {
      throw RefusedException.damaged("a storage has a negative size");
    }
    Storage before = storages.putIfAbsent(storage.key(), storage);
    if (before != null && !before.equals(storage)) {
      throw RefusedException.damaged(
          "storage %s has two types or sizes".formatted(RefusedException.printable(storage.key())));
    }
    return storage;
  }

  private static long[] longs(Object value) throws RefusedException {
    Tuple tuple = PickleReader.expect(Tuple.class, value);
    if (tuple.size() > MOST_DIMENSIONS) {
      throw RefusedException.damaged("a tensor has %d dimensions".formatted(tuple.size()));
    }
    long[] values = new long[tuple.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = PickleReader.expect(Long.class, tuple.get(i));
    }
    return values;
  }

  private static void require(Tuple arguments, int least, int most) throws RefusedException {
    if (arguments.size() < least || arguments.size() > most) {
      throw RefusedException.damaged(
          "its pickle gives %d arguments where %d to %d belong"
              .formatted(arguments.size(), least, most));
    }
  }
}
