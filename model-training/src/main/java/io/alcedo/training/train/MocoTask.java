package io.alcedo.training.train;

import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.data.ContrastiveView;
import io.alcedo.training.data.PairBatch;
import io.alcedo.training.data.PairBatches;
import io.alcedo.training.data.PictureSet;
import io.alcedo.training.evaluation.PictureVectors;
import io.alcedo.training.moco.ContrastConfig;
import io.alcedo.training.moco.Encoder;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.Moco;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import io.alcedo.training.train.MocoTrainingConfig.Folders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Learning an encoder by momentum contrast. Not thread-safe. */
final class MocoTask implements TrainingTask<PairBatch>, AutoCloseable {
  private static final String STEPS = "steps";

  /** The last norm of a block of two or of three convolutions. */
  private static final Pattern BASIC_END = Pattern.compile("layer\\d+\\.\\d+\\.bn2\\.weight");

  private static final Pattern BOTTLENECK_END = Pattern.compile("layer\\d+\\.\\d+\\.bn3\\.weight");

  private final MocoTrainingConfig config;
  private final EncoderConfig shape;
  private final ContrastConfig contrast;
  private final Encoder encoder;
  private final Moco moco;
  private final PictureSet training;
  private final PictureSet validation;
  private final EncoderValidation judge;
  private final int totalSteps;
  private final List<Moco> bare = new ArrayList<>();
  private long steps;

  MocoTask(MocoTrainingConfig config, PictureSet training, PictureSet validation) {
    this.config = config;
    this.shape = config.network();
    this.contrast = config.contrast();
    this.encoder = shape.network();
    this.moco = new Moco(encoder, contrast);
    this.training = training;
    this.validation = validation;
    PictureVectors vectors = new PictureVectors(encoder, view(0)::plain);
    this.judge =
        config.folders() == Folders.TRACKS
            ? new EncoderValidation.ByRetrieval(vectors, validation, shape.embedding())
            : new EncoderValidation.ByNeighbours(vectors, training, validation, shape.embedding());
    this.totalSteps = Schedule.of(this, config.plan(null)).steps();
  }

  @Override
  public int pictures() {
    return training.size();
  }

  @Override
  public LongFunction<PairBatch> batches() {
    return new PairBatches(
        training,
        config.positives(),
        view(0),
        view(1),
        config.run().batchSize(),
        config.run().seed());
  }

  private ContrastiveView view(int index) {
    return config.augmentation().view(index, shape.canvasWidth(), shape.canvasHeight());
  }

  @Override
  public void askForParameters(TorchOps ops) {
    int height = shape.canvasHeight();
    int width = shape.canvasWidth();
    moco.askForParameters(ops, Tensors.of(new float[height * width * 3], 1, height, width, 3));
  }

  @Override
  public void begin(Parameters parameters, RandomGenerator random) {
    if (config.zeroResiduals()) {
      zeroResiduals(parameters);
    }
    moco.begin(parameters, random);
    steps = 0;
  }

  private static void zeroResiduals(Parameters parameters) {
    boolean bottleneck =
        parameters.trainable().keySet().stream().anyMatch(BOTTLENECK_END.asMatchPredicate());
    Pattern end = bottleneck ? BOTTLENECK_END : BASIC_END;
    try (NoGradGuard noGrad = new NoGradGuard()) {
      parameters
          .trainable()
          .forEach(
              (name, tensor) -> {
                if (end.matcher(name).matches()) {
                  tensor.zero_();
                }
              });
    }
  }

  @Override
  public Map<String, Entry> state() {
    Map<String, Entry> state = new LinkedHashMap<>(moco.state());
    state.put(STEPS, Entry.of(new long[] {steps}, 1));
    return state;
  }

  @Override
  public void restore(Map<String, Entry> state) {
    moco.restore(state);
    steps = state.get(STEPS).longs()[0];
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public List<String> columns() {
    return List.of("loss", "accuracy", "spread");
  }

  @Override
  public Outcome learn(TorchOps ops, PairBatch batch, RandomGenerator random) {
    double momentum = contrast.momentumAt((double) steps / totalSteps);
    Moco.Outcome outcome =
        moco.contrast(
            ops,
            MocoLearner.pictures(batch.first()),
            MocoLearner.pictures(batch.second()),
            identities(batch),
            momentum);
    steps++;
    return new Outcome(
        Map.of("loss", outcome.loss()),
        Map.of("accuracy", outcome.accuracy(), "spread", outcome.spread()));
  }

  /** Keys of the same track are no negatives. */
  private long[] identities(PairBatch batch) {
    return config.folders() == Folders.TRACKS ? batch.first().labels() : Moco.unknown(batch.size());
  }

  @Override
  public Supplier<Tensor> bareLoss(TorchOps ops, PairBatch batch) {
    Moco alone = new Moco(encoder, contrast);
    bare.add(alone);
    alone.begin(ops.parameters(), new SplittableRandom(config.run().seed()));
    Tensor first = MocoLearner.pictures(batch.first());
    Tensor second = MocoLearner.pictures(batch.second());
    long[] ids = identities(batch);
    return () -> alone.contrast(ops, first, second, ids, contrast.momentum()).loss();
  }

  @Override
  public List<String> figures() {
    return judge.figures();
  }

  @Override
  public int drawn() {
    return 2;
  }

  @Override
  public List<Look> validate(Parameters parameters) {
    return validation.size() == 0 ? List.of() : judge.looks(parameters);
  }

  @Override
  public void close() {
    moco.close();
    bare.forEach(Moco::close);
  }
}
