package io.alcedo.training.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.ops.CostOps;
import io.alcedo.training.ops.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which network the weights of a model folder are of; lies there as {@value #FILE}. Just one of the
 * kinds is given.
 *
 * @param detector Faster or Mask R-CNN
 * @param classifier a ResNet that says what a picture shows
 * @param encoder a ResNet that gives a picture a vector
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NetworkSpec(
    RegionCnnConfig detector, ClassifierConfig classifier, EncoderConfig encoder) {
  /** Its name in the folder. */
  public static final String FILE = "network.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public NetworkSpec {
    if (Stream.of(detector, classifier, encoder).filter(Objects::nonNull).count() != 1) {
      throw new IllegalArgumentException("expected just one of detector, classifier, encoder");
    }
  }

  public static NetworkSpec of(RegionCnnConfig detector) {
    return new NetworkSpec(detector, null, null);
  }

  public static NetworkSpec of(ClassifierConfig classifier) {
    return new NetworkSpec(null, classifier, null);
  }

  public static NetworkSpec of(EncoderConfig encoder) {
    return new NetworkSpec(null, null, encoder);
  }

  /**
   * Reads a folder's.
   *
   * @throws InvalidInputException if it has none, or a damaged one
   */
  public static NetworkSpec read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return JSON.readValue(Files.readAllBytes(file), NetworkSpec.class);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          "%s: has no %s, so its network is not known. Import or train the weights with this program."
              .formatted(folder, FILE),
          e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: is damaged (%s).".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read (%s).".formatted(file, e), e);
    }
  }

  /**
   * The same with other class names, as many.
   *
   * @throws InvalidInputException if there are more or fewer, or an encoder has none
   */
  public NetworkSpec labelled(List<String> names) {
    if (encoder != null) {
      throw new InvalidInputException("an encoder has no classes to name. Leave --labels out.");
    }
    int expected = detector != null ? detector.labels().size() : classifier.classes();
    if (names.size() != expected) {
      throw new InvalidInputException(
          "there are %d class names, and the network has %d classes%s."
              .formatted(names.size(), expected, detector != null ? " beside the background" : ""));
    }
    return detector != null ? of(detector.labelled(names)) : of(labelled(classifier, names));
  }

  private static ClassifierConfig labelled(ClassifierConfig config, List<String> names) {
    return new ClassifierConfig(
        names,
        config.family(),
        config.depth(),
        config.width(),
        config.norm(),
        config.residual(),
        config.initialization(),
        config.side());
  }

  /** The same with another eps in the norms of a detector's trunk; others stay. */
  public NetworkSpec withTrunkEps(double eps) {
    return detector == null ? this : of(detector.withTrunkEps(eps));
  }

  /** Writes it into a folder. */
  public void write(Path folder) throws IOException {
    Files.write(folder.resolve(FILE), JSON.writeValueAsBytes(this));
  }

  /** What a forward over one picture of the canvas costs, and the names of its parameters. */
  @JsonIgnore
  public CostOps cost() {
    CostOps cost = new CostOps();
    if (detector != null) {
      new RegionCnn(detector)
          .detect(
              cost,
              CostOps.Shape.of(1, 3, detector.canvasHeight(), detector.canvasWidth()),
              CostOps.Shape.of(1, 4));
    } else if (classifier != null) {
      classifier
          .network()
          .logits(cost, CostOps.Shape.of(1, 3, classifier.side(), classifier.side()));
    } else {
      encoder
          .network()
          .look(cost, CostOps.Shape.of(1, 3, encoder.canvasHeight(), encoder.canvasWidth()));
    }
    return cost;
  }

  /**
   * Reads weights of this network; the caller closes them.
   *
   * @throws InvalidInputException if they cannot be read, or one is missing or has another shape
   */
  public Parameters load(Path weights) {
    Safetensors.Content content = Safetensors.read(weights);
    CostOps cost = cost();
    List<String> faults = new ArrayList<>();
    Parameters parameters = new Parameters();
    for (Map.Entry<String, long[]> wanted : cost.parameterShapes().entrySet()) {
      String name = wanted.getKey();
      Safetensors.Entry entry = content.tensors().get(name);
      if (entry == null) {
        faults.add(name + " is missing");
      } else if (!Arrays.equals(entry.shape(), wanted.getValue())) {
        faults.add(
            "%s is %s instead of %s"
                .formatted(
                    name, Arrays.toString(entry.shape()), Arrays.toString(wanted.getValue())));
      } else if (cost.bufferNames().contains(name)) {
        parameters.putBuffer(name, entry.floats(), entry.shape());
      } else {
        parameters.putTrainable(name, entry.floats(), entry.shape());
      }
    }
    if (!faults.isEmpty()) {
      parameters.close();
      throw new InvalidInputException(
          "%s: is not of the network in %s: %s%s."
              .formatted(
                  weights,
                  FILE,
                  String.join("; ", faults.subList(0, Math.min(3, faults.size()))),
                  faults.size() > 3 ? "; and %d more".formatted(faults.size() - 3) : ""));
    }
    return parameters;
  }
}
