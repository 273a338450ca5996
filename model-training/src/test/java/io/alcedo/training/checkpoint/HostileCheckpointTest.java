package io.alcedo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Pickles.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and malicious files: refused in one line, at once, without memory for their claims. */
class HostileCheckpointTest {
  private static final byte[] WEIGHTS = Pickles.floats(1, 2, 3, 4, 5, 6);
  private static final Map<String, View> TWO_VIEWS =
      ordered(
          "a.weight",
          new View("FloatStorage", "0", 6, 0, new long[] {3, 2}, new long[] {1, 3}),
          "a.bias",
          new View("FloatStorage", "0", 6, 4, new long[] {2}, new long[] {1}));
  private static final long ONE_MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  private static byte[] good(String format) {
    byte[] object = Pickles.state(TWO_VIEWS);
    return switch (format) {
      case "zip" -> Pickles.zip(object, Map.of("0", WEIGHTS));
      case "legacy" -> Pickles.legacy(object, Map.of("0", WEIGHTS), 4);
      default ->
          safetensors(
              "{\"a.weight\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]},"
                  + "\"__metadata__\":{\"epoch\":\"3\"}}",
              WEIGHTS);
    };
  }

  private static byte[] safetensors(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return new Pickles()
        .raw(Pickles.little(8).putLong(text.length).array())
        .raw(text)
        .raw(data)
        .bytes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy"})
  void readsViewsOfOneStorage(String format) throws IOException {
    try (TensorFile file = TensorFile.open(write(good(format)))) {
      assertThat(file.tensors().get("a.weight").floats()).containsExactly(1, 4, 2, 5, 3, 6);
      assertThat(file.tensors().get("a.bias").floats()).containsExactly(5, 6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy", "safetensors"})
  void refusesATruncationAtEveryByte(String format) throws IOException {
    byte[] bytes = good(format);
    for (int length = 0; length < bytes.length; length++) {
      Path file = write(Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> TensorFile.open(file).close())
          .as("%s cut at %d of %d", format, length, bytes.length)
          .isInstanceOf(InvalidInputException.class);
    }
  }

  /** A flipped bit is refused or changes values and names; it never does anything else. */
  @ParameterizedTest
  @CsvSource({"zip, 1000", "legacy, 1500", "safetensors, 1000"})
  void survivesFlippedBits(String format, int rounds) throws IOException {
    SplittableRandom random = new SplittableRandom(20260101);
    byte[] bytes = good(format);
    int opened = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] flipped = bytes.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      opened += opens(write(flipped)) ? 1 : 0;
    }
    // Both happen, or the test tests nothing.
    assertThat(opened).isBetween(1, rounds - 1);
  }

  private static boolean opens(Path path) {
    long[] memory = new long[1];
    boolean[] opened = new boolean[1];
    memory[0] =
        Allocation.of(
            () -> {
              try (TensorFile file = TensorFile.open(path)) {
                file.tensors().values().forEach(StoredTensor::floats);
                opened[0] = true;
              } catch (InvalidInputException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
              }
            });
    assertThat(memory[0]).isLessThan(ONE_MEGABYTE);
    return opened[0];
  }

  /** A zip's checksums cover the pickle and the weights: what opens is what was saved. */
  @Test
  void noFlippedBitOfAZipChangesAWeight() throws IOException {
    byte[] bytes = good("zip");
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) (1 << (5 * i % 8));
      try (TensorFile file = TensorFile.open(write(flipped))) {
        assertThat(file.tensors().keySet()).containsExactly("a.weight", "a.bias");
        assertThat(file.tensors().get("a.weight").floats()).containsExactly(1, 4, 2, 5, 3, 6);
      } catch (InvalidInputException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "builtins, eval",
    "__builtin__, getattr",
    "os, system",
    "torch, load",
    "torch, FloatStorage.__reduce__",
    "torch.jit, load",
    "collections, OrderedDict.update",
    "java.lang, Runtime"
  })
  void refusesEveryOtherName(String module, String name) throws IOException {
    byte[] object = Pickles.pickle(p -> p.global(module, name).text("touch").raw(0x85, 'R'));
    assertRefused(Pickles.zip(object, Map.of()), "asks for '" + module + "." + name + "'");
    assertRefused(Pickles.legacy(object, Map.of(), 4), "asks for '" + module + "." + name + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {'i', 'o', 0x81, 0x92, 0x93, 0x82, 'P', 'S', 'I', 0x95, 0xff})
  void refusesInstructionsThatWeightsDoNotNeed(int code) throws IOException {
    byte[] object = Pickles.pickle(p -> p.raw(')', ')', code));
    assertRefused(Pickles.zip(object, Map.of()), "its pickle");
  }

  @Test
  void refusesStorageOfMoreElementsThanTheFileHas() throws IOException {
    byte[] object = Pickles.state(Map.of("w", View.vector("0", 1L << 40)));
    assertRefused(Pickles.legacy(object, Map.of("0", WEIGHTS), 4), "needs 4398046511104 bytes");
    assertRefused(Pickles.zip(object, Map.of("0", WEIGHTS)), "its reference says 4398046511104");
    byte[] most = Pickles.state(Map.of("w", View.vector("0", Long.MAX_VALUE)));
    assertRefused(Pickles.legacy(most, Map.of("0", WEIGHTS), 4), "impossible shape");
  }

  @Test
  void refusesViewBeyondItsStorage() throws IOException {
    refuseView(0, new long[] {7}, new long[] {1}, "reaches to element 7 of a storage of 6");
    refuseView(5, new long[] {2}, new long[] {1}, "reaches to element 7");
    refuseView(0, new long[] {2, 2}, new long[] {6, 1}, "reaches to element 8");
    refuseView(-1, new long[] {1}, new long[] {1}, "reaches to element");
    refuseView(0, new long[] {2}, new long[] {-1}, "negative size or stride");
    refuseView(0, new long[] {-2}, new long[] {1}, "negative size or stride");
    refuseView(0, new long[] {2, 2}, new long[] {1}, "2 sizes and 1 strides");
    refuseView(Long.MAX_VALUE, new long[] {2}, new long[] {1}, "impossible shape");
    refuseView(0, new long[] {2}, new long[] {Long.MAX_VALUE}, "impossible shape");
    refuseView(0, new long[] {1L << 40, 1L << 40, 0}, new long[] {0, 0, 0}, "impossible shape");
  }

  /** Stride 0 repeats an element as often as one likes; a terabyte from 24 bytes is too much. */
  @Test
  void refusesViewsThatRepeatBeyondReason() throws IOException {
    refuseView(0, new long[] {1L << 38}, new long[] {0}, "Save contiguous tensors");
    Map<String, View> many = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      many.put("w" + i, new View("FloatStorage", "0", 6, 0, new long[] {5000}, new long[] {0}));
    }
    assertRefused(
        Pickles.zip(Pickles.state(many), Map.of("0", WEIGHTS)), "Save contiguous tensors");
  }

  private void refuseView(long offset, long[] shape, long[] stride, String reason)
      throws IOException {
    View view = new View("FloatStorage", "0", 6, offset, shape, stride);
    byte[] object = Pickles.state(Map.of("w", view));
    assertRefused(Pickles.zip(object, Map.of("0", WEIGHTS)), reason);
    assertRefused(Pickles.legacy(object, Map.of("0", WEIGHTS), 4), reason);
  }

  @Test
  void refusesPicklesThatBreakTheMachine() throws IOException {
    refusePickle(p -> p.raw('X', 0xff, 0xff, 0xff, 0xff), "4294967295 bytes are needed");
    refusePickle(p -> p.raw('T', 0xff, 0xff, 0xff, 0x7f), "2147483647 bytes are needed");
    refusePickle(p -> p.raw('t'), "lacks a mark");
    refusePickle(p -> p.raw('('), "empty stack");
    refusePickle(p -> p.raw('N', '(', '0'), "empty stack");
    refusePickle(p -> p.raw('h', 7), "never stored");
    refusePickle(p -> p.raw('}', ']', 'N', 's'), "key that is no text");
    refusePickle(p -> p.raw('N', 'N', 'a'), "None where a List");
    refusePickle(p -> p.raw('}', '(', 'N', 'u'), "key without a value");
    refusePickle(p -> p.raw('N', ')', 'R'), "None where a Function");
    refusePickle(p -> p.orderedDict().text("state").raw('b'), "String where a Map");
    refusePickle(p -> p.text("no state dict"), "holds no dictionary");
    refusePickle(p -> p.raw('}').text("epoch\u001b[2J\n").number(3).raw('s'), "it has epoch?[2J?");
    refusePickle(p -> p.raw(0x80, 5), "protocol 5");
    refusePickle(p -> p.raw('c').raw(new byte[400]), "breaks off in a name");
  }

  @Test
  void aListThatHoldsItselfDoesNoHarm() throws IOException {
    refusePickle(p -> p.raw('}').text("loop").raw(']', 'q', 0, 'h', 0, 'a', 's'), "it has loop");
  }

  @Test
  void refusesEndlessInstructions() throws IOException {
    byte[] nothings = new byte[5_000_000];
    Arrays.fill(nothings, (byte) ']');
    Path file = write(Pickles.zip(Pickles.pickle(p -> p.raw(nothings)), Map.of()));
    assertThatThrownBy(() -> TensorFile.open(file).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4000000 instructions");
  }

  private void refusePickle(Consumer<Pickles> body, String reason) throws IOException {
    byte[] object = Pickles.pickle(body);
    assertRefused(Pickles.zip(object, Map.of()), reason);
    assertRefused(Pickles.legacy(object, Map.of(), 4), reason);
  }

  @Test
  void refusesOddZips() throws IOException {
    byte[] object = Pickles.state(TWO_VIEWS);
    assertRefused(Pickles.zip(Map.of("readme", WEIGHTS)), "without data.pkl");
    assertRefused(
        Pickles.zip(ordered("a/data.pkl", object, "b/data.pkl", object)), "two checkpoints");
    assertRefused(
        Pickles.zip(ordered("a/data.pkl", object, "a/constants.pkl", object)), "TorchScript");
    assertRefused(
        Pickles.zip(
            ordered("a/data.pkl", object, "a/byteorder", "big".getBytes(StandardCharsets.UTF_8))),
        "big-endian");
    assertRefused(Pickles.zip(object, Map.of("0", Pickles.floats(1))), "storage 0 has 4 bytes");
  }

  @Test
  void refusesOddSafetensors() throws IOException {
    String one = "\"a\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[0,24]}";
    refuseHeader("{" + one + "," + one + "}", "Duplicate field 'a'");
    refuseHeader("{" + one + "} []", "is no JSON");
    refuseHeader("{" + one.replace("[6]", "[6.0]") + "}", "no count");
    refuseHeader("{" + one.replace("[6]", "\"6\"") + "}", "lacks its shape");
    refuseHeader("{" + one.replace("[6]", "[1e400]") + "}", "no count");
    refuseHeader("{" + one.replace("[0,24]", "[0,24,24]") + "}", "lies at [0, 24, 24]");
    refuseHeader("{" + one + ",\"__metadata__\":{\"epoch\":3}}", "no text");
    refuseHeader("{" + one + ",\"__metadata__\":[\"x\"]}", "no JSON object");
    refuseHeader("{\"a\":" + "[".repeat(5000) + "}", "is no JSON");
    refuseHeader("{}", "24 bytes follow");
    byte[] latin = safetensors("{" + one.replace("a", "\u00e4") + "}", WEIGHTS);
    latin[10] = (byte) 0xff;
    assertRefused(latin, "no UTF-8");
  }

  private void refuseHeader(String header, String reason) throws IOException {
    assertRefused(safetensors(header, WEIGHTS), reason);
  }

  @Test
  void saysWhatAFileIsThatIsNoCheckpoint() throws IOException {
    assertRefused("<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8), "web page");
    assertRefused(Pickles.pickle(p -> p.text("detectron2")), "none of torch.save");
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
    assertRefused(tar, "tar archive");
    assertRefused("GIF89a, a picture".getBytes(StandardCharsets.UTF_8), "0x47494638");
    assertThatThrownBy(() -> TensorFile.open(folder.resolve("none.pth")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> TensorFile.open(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no file");
  }

  private void assertRefused(byte[] bytes, String reason) throws IOException {
    Path file = write(bytes);
    long allocated =
        Allocation.of(
            () ->
                assertThatThrownBy(() -> TensorFile.open(file).close())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining(reason)
                    .hasMessageMatching("[^\\n\\r\\x1b]+[.?]"));
    assertThat(allocated).isLessThan(3 * ONE_MEGABYTE);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("some.pth"), bytes);
  }

  private static <V> Map<String, V> ordered(String key, V value, String second, V other) {
    Map<String, V> map = new LinkedHashMap<>();
    map.put(key, value);
    map.put(second, other);
    return map;
  }
}
