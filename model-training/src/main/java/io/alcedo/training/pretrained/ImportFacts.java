package io.alcedo.training.pretrained;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is known of imported weights; lies beside them as {@value #FILE}.
 *
 * @param v version of this record, 1
 * @param architecture name in {@link Architectures}, or null where it is not known
 * @param source name of the file that was read
 * @param sha256 of that file
 * @param format of that file
 * @param licence of the weights, or null where it is not known
 * @param metadata texts and numbers that the file has beside the tensors
 * @param prefix what was taken off the tensors' names, or empty
 * @param dropped names in the file that were left out
 * @param renamed new names by old ones
 * @param tensors how many were written
 * @param parameters elements of them all
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ImportFacts(
    int v,
    String name,
    String architecture,
    String source,
    String sha256,
    String format,
    String licence,
    Map<String, String> metadata,
    String prefix,
    List<String> dropped,
    Map<String, String> renamed,
    int tensors,
    long parameters) {
  /** Its name in the folder. */
  public static final String FILE = "import.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  void write(Path directory) throws IOException {
    Files.write(directory.resolve(FILE), JSON.writeValueAsBytes(this));
  }

  /**
   * Reads the facts of a folder.
   *
   * @throws InvalidInputException if they are damaged
   */
  public static ImportFacts read(Path directory) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(directory.resolve(FILE)), ImportFacts.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: is damaged. Import the checkpoint again.".formatted(directory.resolve(FILE)), e);
    }
  }
}
