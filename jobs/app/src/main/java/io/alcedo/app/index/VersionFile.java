package io.alcedo.app.index;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * What has to be known of a version before its store is opened, and also when that is damaged:
 * {@code version.properties}, format 1. It is written last, so a folder without it is unfinished.
 */
final class VersionFile {
  private static final String NAME = "version.properties";
  private static final String FORMAT = "1";

  private VersionFile() {}

  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME));
  }

  static int dimensions(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    Properties facts = new Properties();
    try (Reader reader = new StringReader(Files.readString(file))) {
      facts.load(reader);
      if (!FORMAT.equals(facts.getProperty("format"))) {
        throw new IOException(
            "%s has format %s, expected %s".formatted(file, facts.getProperty("format"), FORMAT));
      }
      return Integer.parseInt(facts.getProperty("dimensions"));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  static void write(Path folder, int dimensions) throws IOException {
    Properties facts = new Properties();
    facts.setProperty("format", FORMAT);
    facts.setProperty("dimensions", String.valueOf(dimensions));
    StringWriter text = new StringWriter();
    facts.store(text, null);
    Path unfinished = folder.resolve(NAME + ".part");
    Files.writeString(unfinished, text.toString());
    Files.move(unfinished, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }
}
