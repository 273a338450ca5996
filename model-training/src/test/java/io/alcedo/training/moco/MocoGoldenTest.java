package io.alcedo.training.moco;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.golden.Golden;
import io.alcedo.training.network.ResNet;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import io.alcedo.training.train.OptimizerConfig.Decayed;
import io.alcedo.training.train.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Three steps of MoCo v2 beside those of an independent program in PyTorch. */
class MocoGoldenTest {
  private static final int QUEUE = 64;
  private static final double MOMENTUM = 0.99;
  private static final double TEMPERATURE = 0.2;
  private static final String QUERY = "weights/encoder_q.";
  private static final String KEY = "weights/encoder_k.";

  private final Encoder encoder =
      new Encoder(
          new ResNet(List.of(1, 1, 1, 1), false, 0.125, Norm.batch("")),
          new HeadConfig(HeadConfig.Kind.MLP, 32, null),
          Norm.batch(""));
  private final ContrastConfig config =
      new ContrastConfig(QUEUE, MOMENTUM, null, TEMPERATURE, false, null, null);

  @Test
  void stepsAsTheReferenceDoes() {
    Golden golden = Golden.shared("moco");
    try (Parameters query = new Parameters();
        Moco moco = new Moco(encoder, config);
        Sgd sgd = new Sgd(query, 0.9, 1e-4, Decayed.ALL)) {
      load(golden, query);
      moco.restore(begin(golden));
      for (int step = 0; step < 3; step++) {
        try (PointerScope scope = new PointerScope()) {
          step(golden, "step" + step + "/", query, moco);
        }
        sgd.step(0.03, Double.POSITIVE_INFINITY);
      }
      assertSame(golden, "out/final/encoder_q.", query);
      assertSame(golden, "out/final/encoder_k.", moco.momentumEncoder());
    }
  }

  private void step(Golden golden, String step, Parameters query, Moco moco) {
    // The pictures of the golden are normalised, so that the encoder is called on its own.
    TorchOps ops = new TorchOps(query, true);
    Tensor q = embed(ops, golden, "in/" + step + "im_q");
    moco.updateMomentumEncoder(query, MOMENTUM);
    Tensor k = embed(new TorchOps(moco.momentumEncoder(), true), golden, "in/" + step + "im_k");
    long[] ids = Moco.unknown(8);
    Contrast contrast = moco.loss(q, k, ids);
    moco.enqueue(k, ids);
    contrast.loss().backward();

    String out = "out/" + step;
    golden.assertMatches(out + "q", Tensors.floats(q), 1);
    golden.assertMatches(out + "k", Tensors.floats(k), 1);
    golden.assertMatches(out + "logits", Tensors.floats(contrast.logits()), 1);
    golden.assertMatches(out + "loss", Tensors.floats(contrast.loss()), 1);
    Map<String, Entry> state = moco.state();
    golden.assertMatches(out + "queue", state.get("queue").floats(), 1);
    assertThat(state.get("queue_ptr").longs()).isEqualTo(golden.tensor(out + "queue_ptr").longs());
    if (step.equals("step0/")) {
      query
          .trainable()
          .forEach(
              (name, tensor) ->
                  golden.assertMatches(
                      out + "grad_norm/" + name, Tensors.floats(tensor.grad().norm()), 1));
    }
  }

  private Tensor embed(TorchOps ops, Golden golden, String images) {
    Entry entry = golden.tensor(images);
    Tensor x = Tensors.of(entry.floats(), entry.shape());
    return Encoder.unitLength(ops, encoder.look(ops, x).projection());
  }

  private static void load(Golden golden, Parameters query) {
    golden
        .tensors()
        .forEach(
            (key, entry) -> {
              if (!key.startsWith(QUERY) || key.endsWith("num_batches_tracked")) {
                return;
              }
              String name = key.substring(QUERY.length());
              if (name.contains("running_")) {
                query.putBuffer(name, entry.floats(), entry.shape());
              } else {
                query.putTrainable(name, entry.floats(), entry.shape());
              }
            });
  }

  private static Map<String, Entry> begin(Golden golden) {
    Map<String, Entry> state = new LinkedHashMap<>();
    golden
        .tensors()
        .forEach(
            (key, entry) -> {
              if (key.startsWith(KEY) && !key.endsWith("num_batches_tracked")) {
                String kind = key.contains("running_") ? "key/buffer/" : "key/weight/";
                state.put(kind + key.substring(KEY.length()), entry);
              }
            });
    state.put("queue", golden.tensor("in/queue"));
    state.put("queue_ptr", golden.tensor("in/queue_ptr"));
    state.put("queue_ids", Entry.of(Moco.unknown(QUEUE), QUEUE));
    return state;
  }

  private static void assertSame(Golden golden, String prefix, Parameters parameters) {
    for (Map<String, Tensor> group : List.of(parameters.trainable(), parameters.buffers())) {
      group.forEach(
          (name, tensor) -> golden.assertMatches(prefix + name, Tensors.floats(tensor), 1));
    }
    assertThat(parameters.trainable()).hasSize(40);
  }
}
