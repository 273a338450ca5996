package io.alcedo.training.ops;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Loads a model and runs it over zeros in a process of its own, since the engine writes its
 * warnings to the process's error stream.
 */
public final class OnnxProbe {
  private OnnxProbe() {}

  /** What is printed while the model is loaded and run with a batch. */
  public static String output(Path model, int batch) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    OnnxProbe.class.getName(),
                    model.toString(),
                    String.valueOf(batch)))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("the probe of %s failed: %s".formatted(model, output));
    }
    return output;
  }

  /** Runs a model: path, batch. */
  public static void main(String[] arguments) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession session = environment.createSession(arguments[0])) {
      for (var input : session.getInputInfo().entrySet()) {
        TensorInfo info = (TensorInfo) input.getValue().getInfo();
        long[] shape = info.getShape();
        shape[0] = Long.parseLong(arguments[1]);
        long bytes = info.type.size;
        for (long side : shape) {
          bytes *= side;
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect(Math.toIntExact(bytes));
        inputs.put(input.getKey(), OnnxTensor.createTensor(environment, zeros, shape, info.type));
      }
      session.run(inputs).close();
    }
  }
}
