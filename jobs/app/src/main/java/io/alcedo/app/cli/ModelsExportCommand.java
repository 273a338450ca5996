package io.alcedo.app.cli;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.model.ModelExport;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.pretrained.ModelImport;
import io.alcedo.training.quantization.CalibrationPictures;
import io.alcedo.training.quantization.CalibrationRange;
import io.alcedo.training.quantization.Int8Options;
import io.alcedo.training.quantization.QuantizedExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model of another precision of the weights of a model folder. */
@Command(
    name = "export",
    description = {
      "Export a model's weights to ONNX in float32, float16 or int8.",
      "int8 is calibrated on pictures like those the model will see."
    })
final class ModelsExportCommand implements Callable<Integer> {
  /** Number types of the layers. */
  enum Precision {
    FP32,
    /** Stored in half the bytes; computed in float32. */
    FP16,
    INT8;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      converter = ModelFolder.class,
      paramLabel = "MODEL",
      description = {
        "The folder of a trained or imported model, or its name as in models list.",
        "It must hold network.json and weights.safetensors."
      })
  private Path model;

  @Option(
      names = "--precision",
      defaultValue = "fp16",
      paramLabel = "TYPE",
      description =
          "fp32, fp16 (weights stored so, arithmetic in fp32) or int8 (${DEFAULT-VALUE}).")
  private String precision;

  @Option(
      names = "--calibrate",
      paramLabel = "VIDEO|FOLDER|ZIP",
      description = "For int8: pictures that give the ranges of the activations.")
  private Path pictures;

  @Option(
      names = "--frames",
      paramLabel = "FIRST-LAST",
      description = "Frames, or pictures by name, to take some of, as in 1-430 (all of them).")
  private String frames;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many to take, evenly spread (" + CalibrationRange.DEFAULT_COUNT + ").")
  private Integer count;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Receives model.onnx and manifest.json (out/models/NAME-TYPE).")
  private Path output;

  @Override
  public Integer call() {
    Precision type = precision();
    CalibrationPictures calibration = calibration(type);
    NetworkSpec network = NetworkSpec.read(model);
    Path weights = model.resolve(ModelImport.WEIGHTS);
    if (!Files.isRegularFile(weights)) {
      throw new InvalidInputException(
          "%s: has no %s to export. Give the folder of a training or an import."
              .formatted(model, ModelImport.WEIGHTS));
    }
    ModelExport export = export(network, type);
    Path target = target(export.name());
    PrintWriter out = spec.commandLine().getOut();
    try {
      Files.createDirectories(target);
      if (type == Precision.INT8) {
        new QuantizedExport(export, calibration, Int8Options.DEFAULT).write(weights, target, out);
      } else {
        export.write(weights, target);
      }
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be written (%s).".formatted(target, e), e);
    }
    out.printf("%s: written to %s%n", export.name(), target);
    out.flush();
    return 0;
  }

  private Precision precision() {
    for (Precision type : Precision.values()) {
      if (type.code().equals(precision)) {
        return type;
      }
    }
    throw new InvalidInputException(
        "--precision is '%s', expected fp32, fp16 or int8.".formatted(precision));
  }

  private CalibrationPictures calibration(Precision type) {
    if (type != Precision.INT8) {
      if (pictures != null || frames != null || count != null) {
        throw new InvalidInputException(
            "--calibrate, --frames and --count are for --precision int8, not %s."
                .formatted(type.code()));
      }
      return null;
    }
    if (pictures == null) {
      throw new InvalidInputException(
          "--precision int8 needs --calibrate: a video, folder or zip of what the model will see.");
    }
    int wanted = count == null ? CalibrationRange.DEFAULT_COUNT : count;
    return CalibrationPictures.of(pictures, CalibrationRange.of(frames, wanted));
  }

  /** What is exported, with what the folder's manifest says of the weights if it has one. */
  private ModelExport export(NetworkSpec network, Precision type) {
    Path file = model.resolve(ModelDirectory.MANIFEST);
    boolean half = type == Precision.FP16;
    if (!Files.isRegularFile(file)) {
      String folder = ModelImport.nameOf(model.toAbsolutePath().normalize());
      return new ModelExport(network, folder + "-" + type.code(), "unknown", half, Map.of());
    }
    ModelManifest manifest = YamlReader.read(file, ModelManifest.class);
    Map<String, String> provenance =
        manifest.provenance() == null ? Map.of() : manifest.provenance();
    return new ModelExport(
        network, manifest.name() + "-" + type.code(), manifest.licence(), half, provenance);
  }

  private Path target(String exported) {
    Path target = output == null ? Path.of(ModelsCommand.OUTPUT).resolve(exported) : output;
    if (target.toAbsolutePath().normalize().equals(model.toAbsolutePath().normalize())) {
      throw new InvalidInputException(
          "--output %s: is the model itself. Choose another folder.".formatted(target));
    }
    return target;
  }
}
