package io.alcedo.app.models;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.pretrained.ImportFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where models lie: those that come with the project, and those of this machine.
 *
 * @param bundled folder of the former
 * @param local folder of the latter; need not be there
 */
public record ModelShelf(Path bundled, Path local) {

  /** The project's folder and another. */
  public static ModelShelf with(Path local) {
    Path root = Path.of(System.getProperty("alcedo.root", "."));
    return new ModelShelf(root.resolve("model-training/models"), local);
  }

  /** Folders of models that come with the project. */
  public List<Path> bundledFolders() {
    return folders(bundled);
  }

  /** Folders of models and of weights on this machine. */
  public List<Path> localFolders() {
    return folders(local);
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.filter(ModelShelf::isModel).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isModel(Path folder) {
    return !folder.getFileName().toString().startsWith(".")
        && (Files.isRegularFile(folder.resolve(ModelDirectory.MANIFEST))
            || Files.isRegularFile(folder.resolve(ImportFacts.FILE)));
  }

  /**
   * The folder of a model.
   *
   * @param nameOrPath a folder, or the name of one in either place
   * @throws InvalidInputException if there is none; names those that there are
   */
  public Path find(String nameOrPath) {
    if (Files.exists(Path.of(nameOrPath))) {
      return Path.of(nameOrPath);
    }
    List<Path> all = Stream.concat(bundledFolders().stream(), localFolders().stream()).toList();
    return all.stream()
        .filter(folder -> folder.getFileName().toString().equals(nameOrPath))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "model %s: there is no such folder, and no model of that name among %s"
                        .formatted(nameOrPath, all.stream().map(Path::getFileName).toList())));
  }
}
