package io.alcedo.training.pretrained;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A checksum that publishers use. */
public enum Digest {
  SHA_256("SHA-256"),
  /** Of MoCo v1 and v2, whose authors gave no other. */
  MD5("MD5");

  private final String algorithm;

  Digest(String algorithm) {
    this.algorithm = algorithm;
  }

  /** Its usual name. */
  public String algorithm() {
    return algorithm;
  }

  /**
   * The checksum of a file in small hexadecimal letters.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public String of(Path file) {
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read (%s)".formatted(file, e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has " + algorithm, e);
    }
  }
}
