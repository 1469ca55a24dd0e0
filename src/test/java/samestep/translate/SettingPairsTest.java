package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import samestep.compare.proof.Partners;
import samestep.compare.setting.SettingComparison;
import samestep.compare.setting.SettingRow.Status;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.caffe.CaffeDialect;
import samestep.dialect.keras.KerasDialect;
import samestep.dialect.tensorflow.TensorflowDialect;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.Settings;
import samestep.text.SourceText;

/** Settings of different frameworks that mean the same, and those that only look so. */
class SettingPairsTest {

    private static Settings read(Dialect dialect, String name, String text) {
        Recipe recipe =
                dialect.read(Input.of(new SourceText(name, text))).value().orElseThrow(() -> new AssertionError(text));
        return recipe.allSettings();
    }

    private static Settings caffe(String layers) {
        return read(
                new CaffeDialect(),
                "solver.prototxt",
                "base_lr: 0.01 lr_policy: 'fixed' max_iter: 10 net_param { " + layers
                        + " layer { name: 'slope' type: 'PReLU' } }");
    }

    private static Settings keras(String className, String config) {
        return read(
                new KerasDialect(),
                "model.json",
                "{\"keras_version\": \"3.15.1\", \"class_name\": \"Sequential\", \"config\": {\"name\": \"s\","
                        + " \"layers\":"
                        + " [{\"class_name\":"
                        + " \"" + className + "\", \"config\": {\"name\": \"x\"" + config + "}}]}}");
    }

    private static Settings pipeline(String extractor, String hyperparams) {
        return read(
                new TensorflowDialect(),
                "pipeline.config",
                "model { ssd { feature_extractor { type: '" + extractor + "' conv_hyperparams { " + hyperparams
                        + " } override_base_feature_extractor_hyperparams: true } } } train_config { optimizer {"
                        + " momentum_optimizer { learning_rate { constant_learning_rate { learning_rate: 0.1 } } }"
                        + " use_moving_average: false } }");
    }

    private static Status of(SettingKind kind, Settings source, Settings target) {
        List<Status> all = SettingComparison.of(source, target, Partners.byName()).rows().stream()
                .filter(row -> row.kind() == kind)
                .filter(row -> !row.owners().stream()
                        .allMatch(o -> o.endsWith("bias") || o.endsWith("depthwise kernel") || o.endsWith("alpha")))
                .map(row -> row.status())
                .distinct()
                .toList();
        assertEquals(1, all.size(), all::toString);
        return all.get(0);
    }

    private static String words(Settings settings, SettingKind kind) {
        return settings.of(kind).stream()
                .map(s -> s.owner() + ": " + s.value().words())
                .collect(Collectors.joining("; "));
    }

    private static Settings batchNorm(String config) {
        return keras("BatchNormalization", config);
    }

    @Test
    void batchNormalisation() {
        String layer = "layer { name: 'x' type: 'BatchNorm' }";
        assertEquals("x: 0.999", words(caffe(layer), SettingKind.STATISTICS_KEPT));
        assertEquals("x: 0.99", words(batchNorm(""), SettingKind.STATISTICS_KEPT));
        assertEquals(Status.DIFFERS, of(SettingKind.STATISTICS_KEPT, caffe(layer), batchNorm("")));
        assertEquals(Status.SAME, of(SettingKind.STATISTICS_KEPT, caffe(layer), batchNorm(", \"momentum\": 0.999")));
        assertEquals(Status.DIFFERS, of(SettingKind.NORMALISATION_EPSILON, caffe(layer), batchNorm("")));
        assertEquals(
                Status.SAME, of(SettingKind.NORMALISATION_EPSILON, caffe(layer), batchNorm(", \"epsilon\": 1e-05")));
    }

    /** Statistics that are not moved: three frameworks say it in three ways. */
    @Test
    void fixedStatistics() {
        Settings caffe = caffe("layer { name: 'x' type: 'BatchNorm' batch_norm_param { use_global_stats: true } }");
        Settings keras = batchNorm(", \"trainable\": false");
        Settings pipeline = pipeline("", "batch_norm { train: false }");
        assertEquals(Status.SAME, of(SettingKind.STATISTICS_KEPT, caffe, keras));
        assertEquals(Status.SAME, of(SettingKind.STATISTICS_KEPT, keras, pipeline));
        assertEquals(Status.DIFFERS, of(SettingKind.STATISTICS_KEPT, caffe, batchNorm("")));
    }

    private static Settings filler(String filler) {
        return caffe(
                "layer { name: 'x' type: 'InnerProduct' inner_product_param { weight_filler { " + filler + " } } }");
    }

    private static Settings initializer(String className, String config) {
        return keras(
                "Dense",
                ", \"kernel_initializer\": {\"class_name\": \"" + className + "\", \"config\": {" + config + "}}");
    }

    private static void same(Settings source, Settings target) {
        assertEquals(Status.SAME, of(SettingKind.INITIAL_WEIGHTS, source, target));
    }

    private static void differ(Settings source, Settings target) {
        assertEquals(Status.DIFFERS, of(SettingKind.INITIAL_WEIGHTS, source, target));
    }

    private static String scaling(String scale, String mode, String distribution) {
        return "\"scale\": " + scale + ", \"mode\": \"" + mode + "\", \"distribution\": \"" + distribution + "\"";
    }

    @Test
    void xavierIsNotGlorot() {
        differ(filler("type: 'xavier'"), initializer("GlorotUniform", ""));
        differ(filler("type: 'xavier'"), keras("Dense", ""));
        same(filler("type: 'xavier' variance_norm: AVERAGE"), initializer("GlorotUniform", ""));
        same(filler("type: 'xavier'"), initializer("VarianceScaling", scaling("1.0", "fan_in", "uniform")));
        same(filler("type: 'xavier'"), keras("Dense", ", \"kernel_initializer\": \"lecun_uniform\""));
    }

    @Test
    void msraIsNotTruncated() {
        differ(filler("type: 'msra'"), initializer("HeNormal", ""));
        same(filler("type: 'msra'"), initializer("VarianceScaling", scaling("2.0", "fan_in", "untruncated_normal")));
        differ(filler("type: 'msra'"), initializer("VarianceScaling", scaling("2.0", "fan_in", "normal")));
    }

    @Test
    void plainDistributions() {
        same(filler("type: 'gaussian' std: 0.05"), initializer("RandomNormal", ""));
        differ(filler("type: 'gaussian' std: 0.05 sparse: 3"), initializer("RandomNormal", ""));
        same(filler("type: 'uniform' min: -0.05 max: 0.05"), initializer("RandomUniform", ""));
        differ(filler("type: 'uniform'"), initializer("RandomUniform", ""));
        same(filler(""), initializer("Zeros", ""));
        same(filler("type: 'constant' value: 1"), keras("Dense", ", \"kernel_initializer\": \"ones\""));
    }

    /** A transposed blob has its inputs where another has its outputs; so has an embedding. */
    @Test
    void fansOfOtherLayouts() {
        Settings transposed = caffe("layer { name: 'x' type: 'InnerProduct' inner_product_param { transpose: true"
                + " weight_filler { type: 'xavier' } } }");
        same(transposed, initializer("VarianceScaling", scaling("1.0", "fan_out", "uniform")));
        Settings embedding = caffe("layer { name: 'x' type: 'Embed' embed_param { bias_term: false"
                + " weight_filler { type: 'xavier' } } }");
        assertTrue(
                words(embedding, SettingKind.INITIAL_WEIGHTS).startsWith("x embeddings: uniform, fan out (scale 1)"));
        Settings depthwise = caffe("layer { name: 'x' type: 'DepthwiseConvolution' convolution_param {"
                + " bias_term: false weight_filler { type: 'xavier' variance_norm: AVERAGE } } }");
        Settings there = keras("DepthwiseConv2D", ", \"use_bias\": false");
        assertTrue(SettingComparison.of(depthwise, there, Partners.byName()).differs());
    }

    /** Slim's deviation is 1.3 times the factor's before it is cut: 0.6 % more than Keras'. */
    @Test
    void pipelinesOfBothTensorflows() {
        String filler = "initializer { variance_scaling_initializer { factor: 2.0 } }";
        Settings keras = pipeline("ssd_resnet50_v1_fpn_keras", filler);
        same(initializer("HeNormal", ""), keras);
        differ(initializer("HeNormal", ""), pipeline("ssd_resnet50_v1_fpn", filler));
    }

    @Test
    void sharesDroppedAndKept() {
        Settings caffe = caffe("layer { name: 'x' type: 'Dropout' dropout_param { dropout_ratio: 0.2 } }");
        Settings pipeline = read(
                new TensorflowDialect(),
                "pipeline.config",
                "model { ssd { feature_extractor { type: 'ssd_x' } box_predictor { convolutional_box_predictor { } } }"
                        + " } train_config { optimizer { momentum_optimizer { learning_rate { constant_learning_rate {"
                        + " learning_rate: 0.1 } } } } }");
        assertEquals(Status.SAME, of(SettingKind.DROPOUT, caffe, keras("Dropout", ", \"rate\": 0.2")));
        assertEquals(Status.DIFFERS, of(SettingKind.DROPOUT, caffe, keras("Dropout", ", \"rate\": 0.8")));
        assertEquals(Status.SAME, of(SettingKind.DROPOUT, caffe, pipeline));
        assertEquals("x: 0.5", words(caffe("layer { name: 'x' type: 'Dropout' }"), SettingKind.DROPOUT));
    }

    /** A place is that of the number, so that an editor can go there. */
    @Test
    void placesAreThoseOfTheNumbers() {
        Setting kept =
                batchNorm(", \"momentum\": 0.1").of(SettingKind.STATISTICS_KEPT).get(0);
        assertEquals("0.1", kept.place().orElseThrow().text());
        assertTrue(kept.isWritten());
        assertTrue(!batchNorm("").of(SettingKind.STATISTICS_KEPT).get(0).isWritten());
    }
}
