package io.alcedo.operators.stream.preset;

import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.operators.stream.inference.OutputValues;
import io.alcedo.operators.stream.inference.TensorForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How some exporter's graphs take pictures and give results. */
interface Convention {
  Task task();

  /** For people, one clause: inputs; outputs. */
  String expects();

  /** How a picture goes in, if the graph's inputs are of this convention. */
  Optional<Input> input(Map<String, TensorForm> inputs);

  /**
   * How results come out, if a run's outputs are of this convention.
   *
   * @param input how the picture went in
   * @param canvas what the model saw, px
   */
  Optional<Outputs> outputs(OutputValues values, Input input, Size canvas);

  /**
   * Class names by label id.
   *
   * @param chosen name of a list or a file; null = what the convention's models are usually trained
   *     on
   * @param values of a run
   * @throws io.alcedo.connectors.InvalidInputException if they do not fit the model
   */
  List<String> labels(String chosen, OutputValues values, Outputs outputs);
}
