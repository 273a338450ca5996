package io.alcedo.training.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch once, in the order that works beside a system-wide libtorch. */
public final class Libtorch {
  private static final String[] ORDER = {
    "libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so"
  };

  static {
    load();
  }

  private Libtorch() {}

  /** Makes libtorch ready; any class that touches a tensor first calls this. */
  public static void ensureLoaded() {
    // The static initializer has done it.
  }

  /** Number of threads of one operation. Part of what makes a run repeatable bit for bit. */
  public static void threads(int count) {
    torch.set_num_threads(count);
  }

  private static void load() {
    // On an empty cache libtorch.so would be loaded before libtorch_cpu.so lies beside it, and the
    // linker would take the system's: a crash without a message.
    if (Loader.getPlatform().startsWith("linux")) {
      for (String library : ORDER) {
        try {
          Loader.cacheResource(
              torch.class, "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + library);
        } catch (IOException e) {
          throw new UncheckedIOException("libtorch cannot be unpacked: " + library, e);
        }
      }
    }
    Loader.load(torch.class);
    // On a CPU with AVX-512 this libtorch's oneDNN was seen to compute convolutions wrongly, and to
    // write beyond its memory, where channels are no multiple of 16. A value that is set wins.
    torch.set_env("ONEDNN_MAX_CPU_ISA", "AVX2", false);
    // Where the CPU is none of NNPACK's, libtorch says so with every convolution that asks for it.
    torch.globalContext().setUserEnabledNNPACK(false);
  }
}
