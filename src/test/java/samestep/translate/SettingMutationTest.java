package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.compare.proof.Partners;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.caffe.CaffeDialect;
import samestep.dialect.keras.KerasDialect;
import samestep.dialect.tensorflow.TensorflowDialect;
import samestep.text.SourceText;

/**
 * One field of a configuration changed at a time: {@code compare} must see every change that alters what is trained, and
 * no other. A line of a list is {@code before -> after}.
 */
class SettingMutationTest {
    private static final Path FILES = Path.of("fixtures/settings");

    /** A configuration, the changes that alter the training, those that are not compared yet, and those without effect. */
    private record Form(
            Dialect dialect, String file, List<String> decisive, List<String> notCompared, List<String> harmless) {}

    private static final Form CAFFE = new Form(
            new CaffeDialect(),
            "solver.prototxt",
            List.of(
                    "base_lr: 0.01 -> base_lr: 0.02",
                    "momentum: 0.9 -> momentum: 0.95",
                    "weight_decay: 0.0005 -> weight_decay: 0.0001",
                    "gamma: 0.1 -> gamma: 0.2",
                    "stepsize: 400 -> stepsize: 500",
                    "max_iter: 1000 -> max_iter: 1200",
                    "iter_size: 2 -> iter_size: 4",
                    "clip_gradients: 35 -> clip_gradients: 10",
                    "batch_size: 64 -> batch_size: 32",
                    "lr_mult: 2 -> lr_mult: 1",
                    "decay_mult: 0 -> decay_mult: 1",
                    "\"xavier\" -> \"msra\"",
                    "variance_norm: FAN_OUT -> variance_norm: AVERAGE",
                    "value: 0.1 -> value: 0.2",
                    "use_global_stats: false -> use_global_stats: true",
                    "moving_average_fraction: 0.99 -> moving_average_fraction: 0.9",
                    "eps: 0.001 -> eps: 0.00001",
                    "value: 1 } -> value: 0.5 }",
                    "dropout_ratio: 0.4 -> dropout_ratio: 0.5",
                    "\"gaussian\" -> \"constant\"",
                    "mean: 0 -> mean: 0.1",
                    "std: 0.01 -> std: 0.005"),
            List.of(
                    "loss_weight: 1 -> loss_weight: 2",
                    "\"SoftmaxWithLoss\" -> \"SigmoidCrossEntropyLoss\"",
                    "num_output: 10 -> num_output: 11"),
            List.of(
                    "display: 20 -> display: 100",
                    "snapshot_prefix: \"run\" -> snapshot_prefix: \"other\"",
                    "eps: 0.001 -> eps: 1e-3"));

    private static final Form KERAS = new Form(
            new KerasDialect(),
            "model.json",
            List.of(
                    "\"learning_rate\": 0.01 -> \"learning_rate\": 0.02",
                    "\"momentum\": 0.9, -> \"momentum\": 0.8,",
                    "\"nesterov\": false -> \"nesterov\": true",
                    "\"clipnorm\": 5.0 -> \"clipnorm\": 1.0",
                    "\"gradient_accumulation_steps\": 2 -> \"gradient_accumulation_steps\": 4",
                    "\"l2\": 0.00025 -> \"l2\": 0.0005",
                    "mixed_bfloat16 -> float32",
                    "\"scale\": 1.5 -> \"scale\": 2.0",
                    "\"fan_out\" -> \"fan_in\"",
                    "\"uniform\" -> \"truncated_normal\"",
                    "\"value\": 0.1 -> \"value\": 0.0",
                    "\"momentum\": 0.97 -> \"momentum\": 0.99",
                    "\"epsilon\": 0.0001 -> \"epsilon\": 0.00001",
                    "\"epsilon\": 0.002 -> \"epsilon\": 0.001",
                    "\"rate\": 0.4 -> \"rate\": 0.5",
                    "\"rate\": 0.3 -> \"rate\": 0.2",
                    "\"dropout\": 0.15 -> \"dropout\": 0.0",
                    "\"recurrent_dropout\": 0.25 -> \"recurrent_dropout\": 0.0",
                    "\"unit_forget_bias\": true -> \"unit_forget_bias\": false",
                    "\"orthogonal\" -> \"glorot_uniform\"",
                    "\"he_normal\" -> \"glorot_uniform\"",
                    "\"label_smoothing\": 0.12 -> \"label_smoothing\": 0.0",
                    "\"loss_scale_factor\": 128.0 -> \"loss_scale_factor\": null",
                    "\"use_ema\": true -> \"use_ema\": false",
                    "\"ema_momentum\": 0.95 -> \"ema_momentum\": 0.99"),
            List.of("\"units\": 10 -> \"units\": 11"),
            List.of("\"seed\": 7 -> \"seed\": 8", "\"epsilon\": 0.0001 -> \"epsilon\": 1e-4"));

    private static final Form PIPELINE = new Form(
            new TensorflowDialect(),
            "pipeline.config",
            List.of(
                    "weight: 4e-05 -> weight: 1e-05",
                    "truncated_normal_initializer -> random_normal_initializer",
                    "mean: 0.0 -> mean: 0.1",
                    "stddev: 0.03 -> stddev: 0.01",
                    "decay: 0.997 -> decay: 0.9",
                    "epsilon: 0.01 -> epsilon: 0.001",
                    "train: true -> train: false",
                    "use_dropout: true -> use_dropout: false",
                    "dropout_keep_probability: 0.7 -> dropout_keep_probability: 0.8",
                    "factor: 1.5 -> factor: 2.0",
                    "uniform: true -> uniform: false",
                    "FAN_AVG -> FAN_IN",
                    "batch_size: 24 -> batch_size: 32",
                    "use_bfloat16: false -> use_bfloat16: true",
                    "learning_rate: 0.004 -> learning_rate: 0.002",
                    "momentum_optimizer_value: 0.9 -> momentum_optimizer_value: 0.8",
                    "use_moving_average: true -> use_moving_average: false",
                    "moving_average_decay: 0.999 -> moving_average_decay: 0.9999",
                    "gradient_clipping_by_norm: 10.0 -> gradient_clipping_by_norm: 5.0",
                    "num_steps: 50000 -> num_steps: 25000"),
            List.of("num_classes: 3 -> num_classes: 4"),
            List.of("keep_checkpoint_every_n_hours: 4 -> keep_checkpoint_every_n_hours: 1"));

    private static final Form GARDEN = new Form(
            new TensorflowDialect(),
            "experiment.yaml",
            List.of(
                    "'bfloat16' -> 'float32'",
                    "dropout_rate: 0.2 -> dropout_rate: 0.0",
                    "stochastic_depth_drop_rate: 0.1 -> stochastic_depth_drop_rate: 0.2",
                    "norm_momentum: 0.9 -> norm_momentum: 0.99",
                    "norm_epsilon: 1e-5 -> norm_epsilon: 1e-3",
                    "l2_weight_decay: 0.0001 -> l2_weight_decay: 0.00005",
                    "label_smoothing: 0.1 -> label_smoothing: 0.0",
                    "global_batch_size: 4096 -> global_batch_size: 1024",
                    "train_steps: 62400 -> train_steps: 31200",
                    "average_decay: 0.9999 -> average_decay: 0.999",
                    "momentum: 0.9} -> momentum: 0.8}",
                    "initial_learning_rate: 1.6 -> initial_learning_rate: 0.8",
                    "decay_steps: 62400 -> decay_steps: 31200",
                    "warmup_steps: 1560 -> warmup_steps: 780"),
            List.of("num_classes: 12 -> num_classes: 13", "use_sync_bn: true -> use_sync_bn: false"),
            List.of("steps_per_loop: 1248 -> steps_per_loop: 100", "norm_epsilon: 1e-5 -> norm_epsilon: 0.00001"));

    private static FileComparison compare(Form form, String changed) throws Exception {
        String text = Files.readString(FILES.resolve(form.file()));
        return new FileComparer(file(form, text), file(form, changed), Partners.byName())
                .compare()
                .value()
                .orElseThrow(() -> new AssertionError(form.file() + " cannot be read"));
    }

    private static ConfigurationFile file(Form form, String text) {
        return new ConfigurationFile(form.dialect(), Input.of(new SourceText(form.file(), text)));
    }

    private static boolean isSeen(Form form, String mutation) throws Exception {
        String text = Files.readString(FILES.resolve(form.file()));
        String[] sides = mutation.split(" -> ");
        assertTrue(text.contains(sides[0]), () -> form.file() + " has no " + sides[0]);
        int at = text.indexOf(sides[0]);
        FileComparison comparison =
                compare(form, text.substring(0, at) + sides[1] + text.substring(at + sides[0].length()));
        return !comparison.comparison().isProven() || comparison.settings().differs();
    }

    private static void holds(Form form) throws Exception {
        assertTrue(
                !isSeen(
                        form,
                        form.decisive().get(0).split(" -> ")[0] + " -> "
                                + form.decisive().get(0).split(" -> ")[0]),
                "the same file is the same training");
        List<String> missed = new ArrayList<>();
        for (String mutation : form.decisive()) {
            if (!isSeen(form, mutation)) {
                missed.add(mutation);
            }
        }
        int all = form.decisive().size();
        assertEquals(List.of(), missed, () -> form.file() + ": " + (all - missed.size()) + " of " + all + " are seen");
        List<String> alarms = new ArrayList<>();
        for (String mutation : form.harmless()) {
            if (isSeen(form, mutation)) {
                alarms.add(mutation);
            }
        }
        assertEquals(List.of(), alarms, "what has no effect is no difference");
    }

    @Test
    void caffe() throws Exception {
        holds(CAFFE);
    }

    @Test
    void keras() throws Exception {
        holds(KERAS);
    }

    @Test
    void pipeline() throws Exception {
        holds(PIPELINE);
    }

    @Test
    void garden() throws Exception {
        holds(GARDEN);
    }

    /** The shapes of a model and its loss are not compared here: the lists above say so, and no file is without them. */
    @Test
    void whatIsNotComparedIsInTheFiles() throws Exception {
        for (Form form : List.of(CAFFE, KERAS, PIPELINE, GARDEN)) {
            String text = Files.readString(FILES.resolve(form.file()));
            assertTrue(Stream.of(form.notCompared())
                    .flatMap(List::stream)
                    .allMatch(m -> text.contains(m.split(" -> ")[0])));
        }
    }
}
