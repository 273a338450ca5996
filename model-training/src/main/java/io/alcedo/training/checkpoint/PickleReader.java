package io.alcedo.training.checkpoint;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the subset of Python's pickle protocol 2 that {@code torch.save} writes. A pickle is a
 * program; this machine knows dictionaries, lists, tuples, numbers and texts, and hands every named
 * function to its host, which must refuse all but those it knows. Nothing is looked up by
 * reflection, and nothing is allocated for a length that the bytes themselves do not have.
 *
 * <p>Values: null, Boolean, Long, BigInteger, Double, String, {@link List}, {@link Map}, {@link
 * Tuple}, and what the host makes.
 */
final class PickleReader {
  /** Python lays them on the stack as they are; ours stay apart from lists. */
  record Tuple(List<Object> items) {
    Object get(int index) {
      return items.get(index);
    }

    int size() {
      return items.size();
    }
  }

  /** Decides what names and references mean. */
  interface Host {
    /** The object of a name; a name that is not known must be refused. */
    Object global(String module, String name) throws RefusedException;

    /** The result of calling what {@link #global} gave. */
    Object call(Object function, Tuple arguments) throws RefusedException;

    /** What a persistent id stands for. */
    Object persistent(Object id) throws RefusedException;
  }

  /** Lets nothing through but plain values. */
  static final Host PLAIN =
      new Host() {
        @Override
        public Object global(String module, String name) throws RefusedException {
          throw forbidden(module, name);
        }

        @Override
        public Object call(Object function, Tuple arguments) throws RefusedException {
          throw RefusedException.damaged("its pickle calls what is no function");
        }

        @Override
        public Object persistent(Object id) throws RefusedException {
          throw RefusedException.damaged("its pickle refers to storages too early");
        }
      };

  /** Real checkpoints need some ten thousand; a value takes up to a hundred bytes of memory. */
  private static final int MOST_INSTRUCTIONS = 4_000_000;

  private static final int LONGEST_NAME = 256;

  private final ByteBuffer in;
  private final Host host;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleReader(ByteBuffer in, Host host) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    this.host = host;
  }

  /**
   * Reads one pickle.
   *
   * @param in stands behind the pickle afterwards
   */
  static Object read(ByteBuffer in, Host host) throws RefusedException {
    return new PickleReader(in, host).run();
  }

  /** The refusal of a name. */
  static RefusedException forbidden(String module, String name) {
    return new RefusedException(
        "refused, its pickle asks for '%s', which weights do not need and which could run code. Get the weights as safetensors, or from a source you trust."
            .formatted(RefusedException.printable(module + "." + name)));
  }

  private Object run() throws RefusedException {
    for (int count = 0; count < MOST_INSTRUCTIONS; count++) {
      int code = unsigned(1);
      if (code == '.') {
        return pop();
      }
      execute(code);
    }
    throw new RefusedException(
        "its pickle has over %d instructions. Save the weights alone, or as safetensors."
            .formatted(MOST_INSTRUCTIONS));
  }

  private void execute(int code) throws RefusedException {
    switch (code) {
      case 0x80 -> protocol(unsigned(1));
      case '(' -> marks.add(stack.size());
      case '0' -> pop();
      case '1' -> popToMark();
      case 'N' -> stack.add(null);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) unsigned(1));
      case 'M' -> stack.add((long) unsigned(2));
      case 'J' -> stack.add((long) bytes(4).getInt());
      case 0x8a -> stack.add(integer(unsigned(1)));
      case 'G' -> stack.add(bytes(8).order(ByteOrder.BIG_ENDIAN).getDouble());
      case 'X', 'T' -> stack.add(text(length()));
      case 'U' -> stack.add(text(unsigned(1)));
      case ')' -> stack.add(new Tuple(List.of()));
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case 't' -> stack.add(new Tuple(popToMark()));
      case ']' -> stack.add(new ArrayList<>(0));
      case 'l' -> stack.add(popToMark());
      case 'a' -> append(popped(1));
      case 'e' -> append(popToMark());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 'd' -> {
        List<Object> pairs = popToMark();
        stack.add(new LinkedHashMap<>());
        put(pairs);
      }
      case 's' -> put(popped(2));
      case 'u' -> put(popToMark());
      case 'q' -> memo.put(unsigned(1), top());
      case 'r' -> memo.put(bytes(4).getInt(), top());
      case 'h' -> stack.add(remembered(unsigned(1)));
      case 'j' -> stack.add(remembered(bytes(4).getInt()));
      case 'c' -> stack.add(host.global(line(), line()));
      case 'R' -> call();
      case 'b' -> build();
      case 'Q' -> stack.add(host.persistent(pop()));
      default ->
          throw RefusedException.damaged(
              "its pickle has the instruction 0x%02x, which torch.save does not write"
                  .formatted(code));
    }
  }

  private static void protocol(int version) throws RefusedException {
    if (version != 2) {
      throw new RefusedException(
          "is a pickle of protocol %d, expected 2. Save it by torch.save without pickle_protocol."
              .formatted(version));
    }
  }

  // ---- operands ----

  private ByteBuffer bytes(long count) throws RefusedException {
    if (count < 0 || count > in.remaining()) {
      throw RefusedException.damaged(
          "its pickle breaks off: %d bytes are needed, %d are left"
              .formatted(count, in.remaining()));
    }
    ByteBuffer part = in.slice(in.position(), (int) count).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) count);
    return part;
  }

  private int unsigned(int size) throws RefusedException {
    ByteBuffer bytes = bytes(size);
    return size == 1 ? bytes.get() & 0xff : bytes.getShort() & 0xffff;
  }

  private long length() throws RefusedException {
    return bytes(4).getInt() & 0xffffffffL;
  }

  private Object integer(int size) throws RefusedException {
    byte[] bigEndian = new byte[size];
    ByteBuffer little = bytes(size);
    for (int i = size - 1; i >= 0; i--) {
      bigEndian[i] = little.get();
    }
    BigInteger value = size == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private String text(long length) throws RefusedException {
    return StandardCharsets.UTF_8.decode(bytes(length)).toString();
  }

  private String line() throws RefusedException {
    for (int length = 0; length < Math.min(LONGEST_NAME, in.remaining()); length++) {
      if (in.get(in.position() + length) == '\n') {
        String text = text(length);
        unsigned(1);
        return text;
      }
    }
    throw RefusedException.damaged("its pickle breaks off in a name");
  }

  // ---- stack ----

  private Object top() throws RefusedException {
    if (stack.size() <= floor()) {
      throw RefusedException.damaged("its pickle takes from an empty stack");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws RefusedException {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> popped(int count) throws RefusedException {
    if (stack.size() - count < floor()) {
      throw RefusedException.damaged("its pickle takes from an empty stack");
    }
    List<Object> last = stack.subList(stack.size() - count, stack.size());
    List<Object> values = new ArrayList<>(last);
    last.clear();
    return values;
  }

  private List<Object> popToMark() throws RefusedException {
    if (marks.isEmpty()) {
      throw RefusedException.damaged("its pickle lacks a mark");
    }
    List<Object> values = popped(stack.size() - floor());
    marks.remove(marks.size() - 1);
    return values;
  }

  /** Below the last mark nothing may be taken. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
  }

  private void tuple(int size) throws RefusedException {
    stack.add(new Tuple(popped(size)));
  }

  private Object remembered(int index) throws RefusedException {
    if (!memo.containsKey(index)) {
      throw RefusedException.damaged("its pickle recalls what it never stored");
    }
    return memo.get(index);
  }

  // ---- objects ----

  private void append(List<Object> values) throws RefusedException {
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) expect(List.class, top());
    list.addAll(values);
  }

  private void put(List<Object> pairs) throws RefusedException {
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) expect(Map.class, top());
    if (pairs.size() % 2 != 0) {
      throw RefusedException.damaged("its pickle has a key without a value");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      map.put(key(pairs.get(i)), pairs.get(i + 1));
    }
  }

  /** Scalars only: the hash of a container could take for ever. */
  static Object key(Object key) throws RefusedException {
    if (key == null || key instanceof String || key instanceof Number || key instanceof Boolean) {
      return key;
    }
    throw RefusedException.damaged("its pickle has a key that is no text or number");
  }

  private void call() throws RefusedException {
    Tuple arguments = expect(Tuple.class, pop());
    Object function = pop();
    stack.add(host.call(function, arguments));
  }

  /** State of an OrderedDict, such as {@code _metadata}: checked, and not needed. */
  private void build() throws RefusedException {
    expect(Map.class, pop());
    expect(Map.class, top());
  }

  static <V> V expect(Class<V> type, Object value) throws RefusedException {
    if (!type.isInstance(value)) {
      throw RefusedException.damaged(
          "its pickle has a %s where a %s belongs"
              .formatted(
                  value == null ? "None" : value.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(value);
  }
}
