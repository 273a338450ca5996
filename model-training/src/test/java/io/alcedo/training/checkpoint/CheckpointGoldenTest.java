package io.alcedo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that PyTorch 1.13 wrote, and spoilt ones; the larger ones only where the folder is. */
class CheckpointGoldenTest {
  /** What the malicious files would make if their code ran. */
  private static final Path PWNED = Path.of("/tmp/pwned");

  @BeforeEach
  @AfterEach
  void nothingRan() {
    assertThat(PWNED).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "zip.pth, expected.safetensors, TORCH_ZIP",
    "legacy.pth, expected.safetensors, TORCH_LEGACY",
    "tiny.safetensors, expected.safetensors, SAFETENSORS",
    "moco_style.pth.tar, moco_style.expected.safetensors, TORCH_LEGACY",
    "moco_style_zip.pth.tar, moco_style.expected.safetensors, TORCH_ZIP"
  })
  void givesTheTensorsBitForBit(String name, String truth, TensorFile.Format format) {
    try (TensorFile file = TensorFile.open(golden(name));
        TensorFile expected = TensorFile.open(golden(truth))) {
      assertThat(file.format()).isEqualTo(format);
      assertSame(file, expected);
    }
  }

  private static void assertSame(TensorFile actual, TensorFile expected) {
    assertThat(actual.tensors().keySet())
        .containsExactlyInAnyOrderElementsOf(expected.tensors().keySet());
    expected
        .tensors()
        .forEach(
            (name, tensor) -> {
              StoredTensor found = actual.tensors().get(name);
              assertThat(found.type()).as(name).isEqualTo(tensor.type());
              assertThat(found.shape()).as(name).isEqualTo(tensor.shape());
              assertThat(found.read()).as(name).isEqualTo(tensor.read());
            });
  }

  @Test
  void readsFactsBesideTheStateDict() {
    try (TensorFile file = TensorFile.open(golden("moco_style_zip.pth.tar"))) {
      assertThat(file.metadata()).containsEntry("epoch", "200").containsEntry("arch", "resnet50");
      StateDict state = StateDict.clean(file.tensors());
      assertThat(state.prefix()).isEqualTo("module.encoder_q.");
      assertThat(state.tensors()).containsKey("conv1.weight");
      assertThat(state.tensors().keySet()).noneMatch(name -> name.contains("num_batches_tracked"));
      assertThat(state.dropped()).contains("module.encoder_k.conv1.weight", "module.queue");
    }
  }

  @Test
  void writesEveryTypeBackAsItWas() throws IOException {
    Path copy = Files.createTempFile("alcedo-copy", ".safetensors");
    try (TensorFile file = TensorFile.open(golden("zip.pth"))) {
      Safetensors.write(copy, file.metadata(), file.tensors());
      try (TensorFile written = TensorFile.open(copy)) {
        assertSame(written, file);
      }
    } finally {
      Files.delete(copy);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "evil.pth, asks for 'posix.system'",
    "evil_legacy.pth, asks for 'posix.system'",
    "evil_in_state_dict.pth, asks for 'posix.system'",
    "truncated.pth, cut short",
    "truncated_legacy.pth, breaks off",
    "bad_crc.pth, does not match its checksum",
    "missing_storage.pth, is missing",
    "bad_offsets.safetensors, 'lies at [8, 24] of 16 bytes'",
    "bad_overlap.safetensors, two tensors overlap at byte 4",
    "bad_hole.safetensors, 4 bytes belong to no tensor",
    "bad_reversed.safetensors, 'lies at [8, 0]'",
    "bad_negative.safetensors, that is no count",
    "bad_size.safetensors, 'has 8 bytes, its type and shape need 12'",
    "bad_shape_overflow.safetensors, impossible shape",
    "bad_dtype.safetensors, has the type 'Q32'",
    "bad_json.safetensors, is no JSON",
    "bad_trailing.safetensors, 3 bytes follow the last tensor",
    "huge_header.safetensors, claims 1099511627776 bytes",
    "negative_header.safetensors, claims 18446744073709551615 bytes",
    "short.safetensors, has 3 bytes",
    "truncated.safetensors, bytes"
  })
  void refusesWithOneLine(String name, String reason) throws IOException {
    Path file = golden(name);
    // The first time classes are loaded.
    assertRefused(file, reason);
    long limit = 1_000_000 + 40 * Files.size(file);
    long allocated = Allocation.of(() -> assertRefused(file, reason));
    assertThat(allocated).as("bytes of memory for %s", name).isLessThan(limit);
  }

  private static void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> TensorFile.open(file).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason)
        .hasMessageMatching("[^\\n\\r\\x1b]+[.?]");
  }

  /** No file of the folder may do anything but open or be refused. */
  @ParameterizedTest
  @MethodSource("allShared")
  void opensOrRefuses(Path file) {
    String name = file.getFileName().toString();
    boolean bad = name.matches("(bad|evil|huge|negative|short|truncated|missing).*");
    try (TensorFile open = TensorFile.open(file)) {
      assertThat(bad).as("%s opened", name).isFalse();
      open.tensors().values().forEach(StoredTensor::read);
    } catch (InvalidInputException e) {
      assertThat(bad).as("%s: %s", name, e.getMessage()).isTrue();
    }
  }

  static Stream<Path> allShared() throws IOException {
    Path folder = shared();
    if (!Files.isDirectory(folder)) {
      return Stream.of(golden("zip.pth"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  /** From the test resources, else from the shared folder, else the test is skipped. */
  private static Path golden(String name) {
    URL resource = CheckpointGoldenTest.class.getResource("/golden/checkpoints/" + name);
    try {
      Path file = resource == null ? shared().resolve(name) : Path.of(resource.toURI());
      Assumptions.assumeTrue(
          Files.exists(file), () -> "skipped: no " + name + " (-Dalcedo.shared=FOLDER)");
      return file;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path shared() {
    return io.alcedo.training.golden.Golden.folder().resolve("golden").resolve("checkpoints");
  }
}
