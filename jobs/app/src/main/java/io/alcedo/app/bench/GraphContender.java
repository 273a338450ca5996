package io.alcedo.app.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;

/**
 * An ONNX file without manifest; see {@link GraphInput} for what it may take.
 *
 * @param width of pictures where the graph leaves it open, px
 * @param height likewise
 */
public record GraphContender(
    Path file, BenchPictures pictures, int batch, int width, int height, int threads)
    implements Contender {

  @Override
  public String name() {
    return file.getFileName().toString();
  }

  @Override
  public Runner open() {
    return new Session();
  }

  private final class Session implements Runner {
    private final OrtSession session = GraphSession.open(file, threads);
    private final GraphInput input;
    private Map<String, OnnxTensor> tensors = Map.of();

    Session() {
      try {
        input = GraphInput.of(session, file, width, height, batch);
      } catch (OrtException | RuntimeException e) {
        GraphSession.close(session);
        throw failed(e);
      }
    }

    @Override
    public void prepare(int number) {
      release();
      int bytes = 3 * input.width() * input.height();
      byte[] pixels = new byte[batch * bytes];
      for (int slot = 0; slot < batch; slot++) {
        byte[] picture = pictures.canvas(number * batch + slot, input.width(), input.height());
        System.arraycopy(picture, 0, pixels, slot * bytes, bytes);
      }
      try {
        tensors = input.tensors(pixels, batch);
      } catch (OrtException e) {
        throw failed(e);
      }
    }

    @Override
    public void run() {
      try {
        session.run(tensors).close();
      } catch (OrtException e) {
        throw failed(e);
      }
    }

    private RuntimeException failed(Exception e) {
      return e instanceof InvalidInputException refused
          ? refused
          : new InvalidInputException("%s: %s".formatted(file, e.getMessage()), e);
    }

    private void release() {
      tensors.values().forEach(OnnxTensor::close);
      tensors = Map.of();
    }

    @Override
    public void close() {
      release();
      GraphSession.close(session);
    }
  }
}
