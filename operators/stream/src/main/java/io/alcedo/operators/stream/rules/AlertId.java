package io.alcedo.operators.stream.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identities of alerts: the same in every run, so that whoever receives one twice can tell. */
final class AlertId {
  private static final int BYTES = 16;

  private AlertId() {}

  /** First 128 bits of SHA-256 over rule@revision, de-duplication key and opening detection. */
  static String of(String rule, String deduplicationKey, String openingDetection) {
    String text = String.join("\n", rule, deduplicationKey, openingDetection);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
