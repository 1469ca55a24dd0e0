package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import samestep.compare.proof.Partners;
import samestep.compare.setting.SettingComparison;
import samestep.compare.setting.SettingRow.Status;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.caffe.CaffeDialect;
import samestep.dialect.keras.KerasDialect;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.Settings;
import samestep.text.SourceText;

/**
 * 5,000 pairs of generated files whose settings are the same but for one, or but for none: a difference is seen where both
 * files say the setting, and only then. What a file says is known here from how it was made, in the common unit, and each
 * framework's own convention is written by hand.
 */
class GeneratedSettingPairsTest {
    private static final int PAIRS = 5_000;
    private static final long SEED = 17;

    /** A training around its update, in the common units; shares in thousandths. */
    private record Truth(
            int batch,
            int microSteps,
            int kept,
            int epsilon,
            int dropped,
            int smoothed,
            int averaged,
            int format,
            int start) {

        static Truth random(Random random) {
            return new Truth(
                    1 << random.nextInt(7),
                    1 + random.nextInt(3),
                    List.of(100, 500, 900, 990, 999).get(random.nextInt(5)),
                    1 + random.nextInt(4),
                    List.of(100, 200, 500, 800).get(random.nextInt(4)),
                    List.of(0, 50, 100).get(random.nextInt(3)),
                    List.of(0, 900, 999).get(random.nextInt(3)),
                    random.nextInt(3),
                    random.nextInt(STARTS.size()));
        }

        /** The same but for one setting, which takes another truth's value. */
        Truth mutated(int which, Truth other) {
            return new Truth(
                    which == 0 ? other.batch : batch,
                    which == 1 ? other.microSteps : microSteps,
                    which == 2 ? other.kept : kept,
                    which == 3 ? other.epsilon : epsilon,
                    which == 4 ? other.dropped : dropped,
                    which == 5 ? other.smoothed : smoothed,
                    which == 6 ? other.averaged : averaged,
                    which == 7 ? other.format : format,
                    which == 8 ? other.start : start);
        }

        String eps() {
            return "0." + "0".repeat(epsilon) + "1";
        }
    }

    /** A filler of Caffe, and an initializer of Keras that is the same; {@code -} where the framework has none. */
    private record Start(String filler, String initializer) {}

    private static final List<Start> STARTS = List.of(
            new Start("type: 'xavier' variance_norm: AVERAGE", "\"GlorotUniform\", \"config\": {}"),
            new Start("type: 'xavier'", scaling("1.0", "fan_in", "uniform")),
            new Start("type: 'xavier' variance_norm: FAN_OUT", scaling("1.0", "fan_out", "uniform")),
            new Start("type: 'msra'", scaling("2.0", "fan_in", "untruncated_normal")),
            new Start("type: 'msra' variance_norm: AVERAGE", scaling("2.0", "fan_avg", "untruncated_normal")),
            new Start("type: 'gaussian' std: 0.05", "\"RandomNormal\", \"config\": {\"stddev\": 0.05}"),
            new Start("type: 'gaussian' std: 0.01", "\"RandomNormal\", \"config\": {\"stddev\": 0.01}"),
            new Start("type: 'uniform' min: -0.05 max: 0.05", "\"RandomUniform\", \"config\": {}"),
            new Start("type: 'constant' value: 0.5", "\"Constant\", \"config\": {\"value\": 0.5}"));

    private static final List<String> FORMATS = List.of("float32", "float16", "bfloat16");

    private static String scaling(String scale, String mode, String distribution) {
        return "\"VarianceScaling\", \"config\": {\"scale\": " + scale + ", \"mode\": \"" + mode
                + "\", \"distribution\": \"" + distribution + "\"}";
    }

    private static String share(int thousandths) {
        return String.format(Locale.ROOT, "%.3f", thousandths / 1000.0);
    }

    /** What each form says of a truth, and how. */
    private enum Form {
        CAFFE(new CaffeDialect(), "solver.prototxt") {
            @Override
            String text(Truth t) {
                return "base_lr: 0.01 lr_policy: 'fixed' iter_size: " + t.microSteps()
                        + " net_param { layer { name: 'd' type: 'Data' top: 'd' data_param { batch_size: " + t.batch()
                        + " } } layer { name: 'bn' type: 'BatchNorm' batch_norm_param { moving_average_fraction: "
                        + share(t.kept()) + " eps: " + t.eps()
                        + " } } layer { name: 'drop' type: 'Dropout' dropout_param { dropout_ratio: "
                        + share(t.dropped()) + " } } layer { name: 'ip' type: 'InnerProduct' inner_product_param {"
                        + " bias_term: false weight_filler { "
                        + STARTS.get(t.start()).filler()
                        + " } } } layer { name: 'l' type: 'SoftmaxWithLoss' } }";
            }

            @Override
            Map<SettingKind, Object> says(Truth t) {
                return said(
                        SettingKind.SAMPLES_PER_UPDATE, t.batch() * t.microSteps(),
                        SettingKind.STATISTICS_KEPT, t.kept(),
                        SettingKind.NORMALISATION_EPSILON, t.epsilon(),
                        SettingKind.DROPOUT, t.dropped(),
                        SettingKind.LABEL_SMOOTHING, 0,
                        SettingKind.INITIAL_WEIGHTS, t.start());
            }
        },
        KERAS(new KerasDialect(), "model.json") {
            @Override
            String text(Truth t) {
                String dtype = t.format() == 0 ? "float32" : "mixed_" + FORMATS.get(t.format());
                String policy = ", \"dtype\": \"" + dtype + "\"";
                return "{\"keras_version\": \"3.15.1\", \"class_name\": \"Sequential\", \"config\": {\"name\": \"s\","
                        + " \"layers\": [{\"class_name\": \"BatchNormalization\", \"config\": {\"name\": \"bn\","
                        + " \"center\": false, \"scale\": false, \"momentum\": " + share(t.kept()) + ", \"epsilon\": "
                        + t.eps() + policy + "}}, {\"class_name\": \"Dropout\", \"config\": {\"name\": \"drop\","
                        + " \"rate\": " + share(t.dropped()) + policy + "}}, {\"class_name\": \"Dense\", \"config\":"
                        + " {\"name\": \"ip\", \"use_bias\": false, \"kernel_initializer\": {\"class_name\": "
                        + STARTS.get(t.start()).initializer() + "}" + policy + "}}]}, \"compile_config\": {\"loss\":"
                        + " {\"class_name\": \"CategoricalCrossentropy\", \"config\": {\"label_smoothing\": "
                        + share(t.smoothed()) + "}}, \"optimizer\": {\"class_name\": \"SGD\", \"config\":"
                        + " {\"learning_rate\": 0.01, \"use_ema\": " + (t.averaged() > 0) + ", \"ema_momentum\": "
                        + share(t.averaged()) + "}}}}";
            }

            @Override
            Map<SettingKind, Object> says(Truth t) {
                return said(
                        SettingKind.STATISTICS_KEPT, t.kept(),
                        SettingKind.NORMALISATION_EPSILON, t.epsilon(),
                        SettingKind.DROPOUT, t.dropped(),
                        SettingKind.LABEL_SMOOTHING, t.smoothed(),
                        SettingKind.WEIGHT_AVERAGE, t.averaged(),
                        SettingKind.NUMBER_FORMAT, t.format(),
                        SettingKind.INITIAL_WEIGHTS, t.start());
            }
        },
        TIMM(new PytorchDialect(), "args.yaml") {
            @Override
            String text(Truth t) {
                return "model: net\nopt: momentum\nlr: 0.01\nsched: none\nepochs: 10\nbatch_size: " + t.batch()
                        + "\ngrad_accum_steps: " + t.microSteps() + "\nbn_momentum: " + share(1000 - t.kept())
                        + "\nbn_eps: " + t.eps() + "\ndrop: " + share(t.dropped()) + "\nsmoothing: "
                        + share(t.smoothed()) + "\nmodel_ema: " + (t.averaged() > 0) + "\nmodel_ema_decay: "
                        + share(t.averaged()) + "\namp: " + (t.format() > 0) + "\namp_dtype: "
                        + FORMATS.get(Math.max(1, t.format())) + "\n";
            }

            @Override
            Map<SettingKind, Object> says(Truth t) {
                return said(
                        SettingKind.SAMPLES_PER_UPDATE, t.batch() * t.microSteps(),
                        SettingKind.STATISTICS_KEPT, t.kept(),
                        SettingKind.NORMALISATION_EPSILON, t.epsilon(),
                        SettingKind.DROPOUT, t.dropped(),
                        SettingKind.LABEL_SMOOTHING, t.smoothed(),
                        SettingKind.WEIGHT_AVERAGE, t.averaged(),
                        SettingKind.NUMBER_FORMAT, t.format());
            }
        },
        TRANSFORMERS(new PytorchDialect(), "trainer.yaml") {
            @Override
            String text(Truth t) {
                return "output_dir: out\noptim: sgd\nlearning_rate: 0.01\nlr_scheduler_type: constant\n"
                        + "num_train_epochs: 10\nper_device_train_batch_size: " + t.batch()
                        + "\ngradient_accumulation_steps: " + t.microSteps() + "\nlabel_smoothing_factor: "
                        + share(t.smoothed()) + "\nfp16: " + (t.format() == 1) + "\nbf16: " + (t.format() == 2) + "\n";
            }

            @Override
            Map<SettingKind, Object> says(Truth t) {
                return said(
                        SettingKind.SAMPLES_PER_UPDATE, t.batch() * t.microSteps(),
                        SettingKind.LABEL_SMOOTHING, t.smoothed(),
                        SettingKind.NUMBER_FORMAT, t.format());
            }
        };

        private final Dialect dialect;
        private final String file;

        Form(Dialect dialect, String file) {
            this.dialect = dialect;
            this.file = file;
        }

        abstract String text(Truth truth);

        abstract Map<SettingKind, Object> says(Truth truth);

        Settings read(Truth truth) {
            String text = text(truth);
            return dialect.read(Input.of(new SourceText(file, text)))
                    .value()
                    .orElseThrow(() -> new AssertionError(text))
                    .allSettings();
        }
    }

    private static Map<SettingKind, Object> said(Object... pairs) {
        Map<SettingKind, Object> values = new EnumMap<>(SettingKind.class);
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((SettingKind) pairs[i], pairs[i + 1]);
        }
        return values;
    }

    /** The kinds that both say and that are not the same. */
    private static List<SettingKind> expected(Map<SettingKind, Object> here, Map<SettingKind, Object> there) {
        return here.keySet().stream()
                .filter(kind -> there.containsKey(kind) && !there.get(kind).equals(here.get(kind)))
                .toList();
    }

    @Test
    void aDifferenceIsSeenAndNothingElse() {
        Random random = new Random(SEED);
        List<String> wrong = new ArrayList<>();
        int different = 0;
        for (int i = 0; i < PAIRS; i++) {
            Form from = Form.values()[random.nextInt(Form.values().length)];
            Form to = Form.values()[random.nextInt(Form.values().length)];
            Truth here = Truth.random(random);
            Truth there = here.mutated(random.nextInt(10), Truth.random(random));
            List<SettingKind> expected = expected(from.says(here), to.says(there));
            List<SettingKind> found =
                    SettingComparison.of(from.read(here), to.read(there), Partners.byName()).of(Status.DIFFERS).stream()
                            .map(row -> row.kind())
                            .distinct()
                            .toList();
            different += expected.isEmpty() ? 0 : 1;
            if (!expected.equals(found)) {
                wrong.add(from + " and " + to + ": " + here + ", " + there + ": " + expected + " but " + found);
            }
        }
        assertEquals(List.of(), wrong.stream().limit(5).toList(), () -> wrong.size() + " of " + PAIRS);
        int seen = different;
        assertTrue(seen > PAIRS / 5 && seen < PAIRS * 4 / 5, () -> seen + " pairs differ");
    }

    /**
     * Writes pairs of Keras, timm and Hugging Face to the file that the property names, a line of JSON each, with the kinds of
     * settings that differ: {@code src/test/python/check_setting_pairs.py} runs them in the real Keras and the real PyTorch.
     */
    @Test
    @EnabledIfSystemProperty(named = "samestep.setting.pairs", matches = ".+")
    void pairsThatRealTrainersRun() throws IOException {
        Random random = new Random(SEED);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            Form from = Form.values()[1 + random.nextInt(Form.values().length - 1)];
            Form to = Form.values()[1 + random.nextInt(Form.values().length - 1)];
            Truth here = Truth.random(random);
            Truth there = here.mutated(random.nextInt(10), Truth.random(random));
            List<SettingKind> found =
                    SettingComparison.of(from.read(here), to.read(there), Partners.byName()).of(Status.DIFFERS).stream()
                            .map(row -> row.kind())
                            .distinct()
                            .toList();
            lines.append("{\"first\": ").append(side(from, here)).append(", \"second\": ");
            lines.append(side(to, there)).append(", \"differs\": [");
            lines.append(found.stream().map(kind -> '"' + kind.name() + '"').collect(Collectors.joining(", ")));
            lines.append("]}\n");
        }
        Files.writeString(Path.of(System.getProperty("samestep.setting.pairs", "")), lines);
    }

    private static String side(Form form, Truth truth) {
        String text = form.text(truth).replace("\"", "\\\"").replace("\n", "\\n");
        return "{\"form\": \"" + form + "\", \"text\": \"" + text + "\"}";
    }

    /** What is written for another form, read back, is the same where both forms say a setting; the rest is in the checklist. */
    @Test
    void whatIsWrittenIsTheSame() {
        Random random = new Random(SEED);
        List<String> wrong = new ArrayList<>();
        Map<Form, String> styles = Map.of(Form.KERAS, "json", Form.TIMM, "timm", Form.TRANSFORMERS, "hf");
        for (int i = 0; i < 120; i++) {
            Form from = Form.values()[i % Form.values().length];
            Truth truth = Truth.random(random);
            for (Map.Entry<Form, String> style : styles.entrySet()) {
                boolean itself = from == style.getKey();
                Translation translation = itself ? null : translated(from, truth, style.getKey(), style.getValue());
                if (translation != null && translation.settings().differs()) {
                    wrong.add(from + " to " + style.getKey() + " " + truth + ": "
                            + translation.settings().of(Status.DIFFERS));
                }
            }
        }
        assertEquals(List.of(), wrong.stream().limit(3).toList(), () -> wrong.size() + " are not");
    }

    private static Translation translated(Form from, Truth truth, Form to, String style) {
        Input input = Input.of(new SourceText(from.file, from.text(truth)));
        return new Translator(from.dialect, to.dialect)
                .translate(input, style)
                .value()
                .orElseThrow(() -> new AssertionError(from.text(truth)));
    }
}
