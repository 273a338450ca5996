package io.alcedo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.StateDict.Difference;
import io.alcedo.training.checkpoint.TensorView.Storage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateDictTest {
  private static Map<String, StoredTensor> named(String... names) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      TensorView view = TensorView.whole(new Storage(name, TensorType.F32, 6), new long[] {2, 3});
      tensors.put(name, new StoredTensor(Path.of("none"), view, (position, into) -> {}));
    }
    return tensors;
  }

  @ParameterizedTest
  @CsvSource({
    "backbone.fpn.inner_blocks.3.weight, backbone.fpn.inner_blocks.3.0.weight",
    "backbone.fpn.layer_blocks.0.bias, backbone.fpn.layer_blocks.0.0.bias",
    "rpn.head.conv.weight, rpn.head.conv.0.0.weight",
    "roi_heads.mask_head.mask_fcn1.bias, roi_heads.mask_head.0.0.bias",
    "roi_heads.mask_head.mask_fcn4.weight, roi_heads.mask_head.3.0.weight",
    "backbone.fpn.inner_blocks.3.0.weight, backbone.fpn.inner_blocks.3.0.weight",
    "rpn.head.conv.0.0.weight, rpn.head.conv.0.0.weight",
    "roi_heads.mask_predictor.mask_fcn_logits.weight, roi_heads.mask_predictor.mask_fcn_logits.weight",
    "rpn.head.cls_logits.weight, rpn.head.cls_logits.weight"
  })
  void knowsTheNamesOfOlderTorchvision(String old, String now) {
    StateDict state = StateDict.clean(named(old));
    assertThat(state.tensors()).containsOnlyKeys(now);
    assertThat(state.renamed()).isEqualTo(old.equals(now) ? Map.of() : Map.of(old, now));
  }

  @ParameterizedTest
  @CsvSource({
    "module., module.conv1.weight, module.bn1.bias",
    "module.encoder_q., module.encoder_q.conv1.weight, module.encoder_k.conv1.weight",
    "module.base_encoder., module.base_encoder.conv1.weight, module.predictor.0.weight",
    "encoder_q., encoder_q.conv1.weight, queue",
    "'', conv1.weight, module.bn1.bias"
  })
  void saysWhichPrefixItTookOff(String prefix, String first, String second) {
    StateDict state = StateDict.clean(named(first, second));
    assertThat(state.prefix()).isEqualTo(prefix);
    assertThat(state.tensors()).containsKey("conv1.weight");
    assertThat(state.dropped().size() + state.tensors().size()).isEqualTo(2);
    assertThat(state.dropped().isEmpty()).isEqualTo(second.startsWith(prefix));
  }

  @Test
  void dropsCounters() {
    StateDict state = StateDict.clean(named("module.bn1.weight", "module.bn1.num_batches_tracked"));
    assertThat(state.tensors()).containsOnlyKeys("bn1.weight");
    assertThat(state.dropped()).containsExactly("module.bn1.num_batches_tracked");
  }

  @Test
  void refusesTwoTensorsOfOneName() {
    assertThatThrownBy(
            () -> StateDict.clean(named("rpn.head.conv.weight", "rpn.head.conv.0.0.weight")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two tensors are named 'rpn.head.conv.0.0.weight'");
  }

  @Test
  void namesWhatIsMissingUnexpectedAndMisshapen() {
    StateDict state = StateDict.clean(named("a", "b", "extra", "head"));
    Difference difference =
        state.compare(
            Map.of(
                "a", new long[] {2, 3},
                "b", new long[] {3, 2},
                "head", new long[] {-1, 3},
                "gone", new long[] {1}));
    assertThat(difference.missing()).containsExactly("gone");
    assertThat(difference.unexpected()).containsExactly("extra");
    assertThat(difference.misshapen()).containsOnlyKeys("b");
    assertThat(difference.isEmpty()).isFalse();
    assertThat(difference.summary())
        .isEqualTo(
            "1 missing (gone); 1 unexpected (extra); 1 of another shape (b [2, 3] instead of [3, 2])");
  }

  @Test
  void listsOnlyTheFirstNames() {
    StateDict state = StateDict.clean(named());
    Map<String, long[]> expected = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      expected.put("w" + i, new long[0]);
    }
    assertThat(state.compare(expected).summary()).isEqualTo("9 missing (w0, w1, w2, w3, …)");
  }
}
