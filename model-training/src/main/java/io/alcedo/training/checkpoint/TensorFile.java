package io.alcedo.training.checkpoint;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * A checkpoint: named tensors and a few facts, from a safetensors file or from either format of
 * {@code torch.save}. The format is known by the first bytes, not by the name. Nothing in a file
 * can run code, and no memory is taken for what the file only claims to have.
 *
 * <p>Opening checks the whole structure (and a zip's checksums); elements are read on demand.
 * Immutable and safe for several threads until it is closed.
 */
public final class TensorFile implements AutoCloseable {
  /** How a file is laid out. */
  public enum Format {
    /** {@code torch.save} since PyTorch 1.6. */
    TORCH_ZIP,
    /** {@code torch.save} before. */
    TORCH_LEGACY,
    /** 8 bytes length, a JSON header, raw data. */
    SAFETENSORS
  }

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** Protocol 2 and a long integer of ten bytes: the magic number follows. */
  private static final byte[] LEGACY = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c};

  private static final int TAR_MAGIC = 257;

  /** Views may repeat elements, and thereby claim more than any disk has. */
  private static final int MOST_TIMES_FILE_SIZE = 4;

  private final Format format;
  private final Map<String, String> metadata;
  private final Map<String, StoredTensor> tensors;
  private final AutoCloseable open;

  private TensorFile(Path file, Format format, Contents contents, AutoCloseable open) {
    this.format = format;
    this.open = open;
    metadata = Collections.unmodifiableMap(contents.metadata());
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    contents
        .tensors()
        .forEach(
            (name, tensor) ->
                stored.put(name, new StoredTensor(file, tensor.view(), tensor.storage())));
    tensors = Collections.unmodifiableMap(stored);
  }

  /**
   * Opens a file, which stays open until the result is closed.
   *
   * @throws InvalidInputException if it is no checkpoint, damaged, or asks for more than weights;
   *     the message is one line
   */
  public static TensorFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "%s: %s. Give a checkpoint: .pth, .pt, .pth.tar or .safetensors."
              .formatted(file, Files.exists(file) ? "is no file" : "does not exist"));
    }
    try {
      Format format = format(file);
      return format == Format.TORCH_ZIP ? openZip(file) : openChannel(file, format);
    } catch (RefusedException e) {
      throw new InvalidInputException("%s: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s). Is it cut short, or not readable for you?"
              .formatted(file, RefusedException.printable(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static TensorFile openZip(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    try {
      long size = Files.size(file);
      return new TensorFile(file, Format.TORCH_ZIP, checked(TorchZip.read(zip, size), size), zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static TensorFile openChannel(Path file, Format format) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      Contents contents =
          format == Format.TORCH_LEGACY
              ? TorchLegacy.read(channel)
              : SafetensorsHeader.read(channel);
      return new TensorFile(file, format, checked(contents, channel.size()), channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Contents checked(Contents contents, long fileSize) throws RefusedException {
    long most = MOST_TIMES_FILE_SIZE * fileSize;
    if (contents.bytes() > most) {
      throw new RefusedException(
          "its tensors take %d bytes, the file has %d; views may repeat them %d times. Save contiguous tensors."
              .formatted(contents.bytes(), fileSize, MOST_TIMES_FILE_SIZE));
    }
    return contents;
  }

  private static Format format(Path file) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(TAR_MAGIC + 5);
    }
    if (startsWith(head, ZIP)) {
      return Format.TORCH_ZIP;
    }
    if (startsWith(head, LEGACY)) {
      return Format.TORCH_LEGACY;
    }
    if (head.length < Long.BYTES + 2) {
      throw RefusedException.damaged("has %d bytes, no checkpoint".formatted(head.length));
    }
    if (head[Long.BYTES] == '{') {
      return Format.SAFETENSORS;
    }
    throw new RefusedException(unknown(head));
  }

  private static String unknown(byte[] head) {
    if (head[0] == (byte) 0x80) {
      return "is a pickle, but none of torch.save. Convert it to safetensors.";
    }
    if (head.length > TAR_MAGIC
        && "ustar".equals(new String(head, TAR_MAGIC, 5, StandardCharsets.ISO_8859_1))) {
      return "is a tar archive: unpack it. If it is a checkpoint of PyTorch before 0.2, save it again with a newer one.";
    }
    if (head[0] == '<') {
      return "is a web page, no checkpoint. Was the download redirected?";
    }
    ByteBuffer begin = ByteBuffer.wrap(head);
    return "begins with 0x%08x, as no known checkpoint does. Give torch.save's or a safetensors file."
        .formatted(begin.getInt());
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  public Format format() {
    return format;
  }

  /** Texts and numbers beside the tensors, such as epoch and arch. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The tensors by name, in the file's order. */
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    try {
      open.close();
    } catch (Exception e) {
      throw new IllegalStateException("a file that was only read cannot be closed", e);
    }
  }
}
