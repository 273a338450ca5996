package io.alcedo.app.cli;

import io.alcedo.app.models.ModelShelf;
import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A model's folder from its path, or from its name as in {@code models list}. */
final class ModelFolder implements ITypeConverter<Path> {
  @Override
  public Path convert(String nameOrPath) {
    Path path = Path.of(nameOrPath);
    if (path.getNameCount() > 1) {
      return path;
    }
    try {
      return ModelShelf.with(Path.of(ModelsCommand.OUTPUT)).find(nameOrPath);
    } catch (InvalidInputException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
