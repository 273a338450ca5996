package io.alcedo.training.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.ops.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A file of reference values with their tolerances: 10 × the reference's noise + 1e-6 × maximum.
 */
public final class Golden {
  private static final Path RESOURCES =
      Path.of(System.getProperty("alcedo.root", "."), "model-training/src/test/resources/golden");

  private final Safetensors.Content content;
  private final JsonNode noise;

  private Golden(Path file) {
    content = Safetensors.read(file);
    try {
      noise = new ObjectMapper().readTree(content.metadata().getOrDefault("noise", "{}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shared folder, which need not be there. */
  public static Path folder() {
    String folder = System.getProperty("alcedo.shared");
    return folder == null
        ? Path.of(System.getProperty("alcedo.root", "."), "..", "shared")
        : Path.of(folder);
  }

  /**
   * Opens a golden: a small one lies among the tests' resources, a large one in the shared folder;
   * skips the test where there is none.
   */
  public static Golden shared(String name) {
    Path small = RESOURCES.resolve(name + ".safetensors");
    Path file =
        Files.exists(small) ? small : folder().resolve("golden").resolve(name + ".safetensors");
    Assumptions.assumeTrue(
        Files.exists(file), () -> "skipped: no golden " + name + " (-Dalcedo.shared=FOLDER)");
    return new Golden(file);
  }

  public Safetensors.Entry tensor(String name) {
    return content.tensors().get(name);
  }

  /** All tensors by name. */
  public Map<String, Safetensors.Entry> tensors() {
    return content.tensors();
  }

  /** All weights under a prefix, into parameters; running statistics become buffers. */
  public void load(Parameters parameters, String prefix, boolean frozenNorms) {
    content
        .tensors()
        .forEach(
            (key, entry) -> {
              if (!key.startsWith("weights/") || key.endsWith("num_batches_tracked")) {
                return;
              }
              String name = prefix + key.substring("weights/".length());
              boolean norm = name.contains(".bn") || name.contains(".downsample.1.");
              if (name.contains("running_") || (norm && frozenNorms)) {
                parameters.putBuffer(name, entry.floats(), entry.shape());
              } else {
                parameters.putTrainable(name, entry.floats(), entry.shape());
              }
            });
  }

  /** Asserts that values are those of the golden, within its tolerance times a factor. */
  public void assertMatches(String name, float[] actual, double factor) {
    float[] expected = tensor(name).floats();
    assertThat(actual).as(name).hasSameSizeAs(expected);
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double difference = Math.abs(actual[i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    double tolerance = factor * (10 * noise.path(name).asDouble(0) + 1e-6 * largest);
    assertThat(worst).as("%s: largest difference", name).isLessThanOrEqualTo(tolerance);
  }
}
