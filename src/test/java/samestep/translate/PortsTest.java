package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/**
 * Ports as real ones are, with the numbers of their projects: a number that is copied is wrong where the unit is another, and
 * right where it is the same. Each row names the project that it follows. Darknet's and Lua Torch's decay, whose files are not
 * read, is the coefficient in the gradient as Caffe's is, so Caffe stands for them. Not here: P13, a penalty over the size of
 * its tensor, which no file says, and ports to MXNet.
 */
class PortsTest {
    /** A configuration with one number for the decay; the same rate and optimizer in all of them. */
    private static final Map<String, String> FORMS = Map.of(
            "pytorch",
            """
            {"samestep": "pytorch/1", "optimizer": {"class_path": "torch.optim.SGD", "init_args": {
              "lr": 0.1, "momentum": 0.9, "weight_decay": %s}}}
            """,
            "caffe",
            "base_lr: 0.1 lr_policy: \"fixed\" momentum: 0.9 weight_decay: %s",
            "keras",
            """
            {"optimizer": {"class_name": "SGD", "config": {"learning_rate": 0.1, "momentum": 0.9}}, "layers": {"*": {
              "kernel_regularizer": {"class_name": "L2", "config": {"l2": %s}}}}, "samestep": "keras/1"}
            """,
            "slim pipeline",
            """
            model { ssd { feature_extractor { conv_hyperparams { regularizer { l2_regularizer { weight: %s } } } } } }
            train_config { optimizer { momentum_optimizer { learning_rate { constant_learning_rate { learning_rate: 0.1 } } } } }
            """,
            "keras pipeline",
            """
            model { ssd { feature_extractor { conv_hyperparams { regularizer { l2_regularizer { weight: %s } } } } } }
            train_config { fine_tune_checkpoint_version: V2
              optimizer { momentum_optimizer { learning_rate { constant_learning_rate { learning_rate: 0.1 } } } } }
            """,
            "garden",
            """
            task: {losses: {l2_weight_decay: %s}}
            trainer: {optimizer_config: {optimizer: {type: sgd, sgd: {momentum: 0.9}},
              learning_rate: {type: constant, constant: {learning_rate: 0.1}}}}
            """,
            "yolo garden",
            """
            task: {weight_decay: %s, train_data: {global_batch_size: 64}}
            trainer: {optimizer_config: {optimizer: {type: sgd, sgd: {momentum: 0.9}},
              learning_rate: {type: constant, constant: {learning_rate: 0.1}}}}
            """,
            "slim layers",
            """
            {"layers": [{"call": "tf_slim.fully_connected", "kwargs": {"scope": "*", "weights_regularizer": {
              "call": "tf_slim.l2_regularizer", "args": [%s], "kwargs": {}}, "biases_regularizer": null}}],
             "loss": "loss = tf.compat.v1.losses.get_total_loss()", "optimizer": {"call":
              "tf.compat.v1.train.MomentumOptimizer", "kwargs": {"learning_rate": 0.1, "momentum": 0.9}},
             "train_op": "train_op = optimizer.minimize(loss)"}
            """,
            "keras regularizers in layers",
            """
            {"layers": [{"call": "tf.compat.v1.layers.dense", "kwargs": {"name": "*", "kernel_regularizer": {
              "call": "tf.keras.regularizers.l2", "args": [%s], "kwargs": {}}, "bias_regularizer": null}}],
             "loss": "loss = tf.compat.v1.losses.get_total_loss()", "optimizer": {"call":
              "tf.compat.v1.train.MomentumOptimizer", "kwargs": {"learning_rate": 0.1, "momentum": 0.9}},
             "train_op": "train_op = optimizer.minimize(loss)"}
            """,
            "slim layers, bare loss",
            """
            {"layers": [{"call": "tf_slim.fully_connected", "kwargs": {"scope": "*", "weights_regularizer": {
              "call": "tf_slim.l2_regularizer", "args": [%s], "kwargs": {}}, "biases_regularizer": null}}],
             "loss": "loss = tf.compat.v1.losses.sparse_softmax_cross_entropy(labels=y, logits=z)", "optimizer": {"call":
              "tf.compat.v1.train.MomentumOptimizer", "kwargs": {"learning_rate": 0.1, "momentum": 0.9}},
             "train_op": "train_op = optimizer.minimize(loss)"}
            """);

    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();

    private static Recipe read(String form, String number) {
        String text = FORMS.getOrDefault(form, "").formatted(number);
        String name =
                form.contains("garden") ? "experiment.yaml" : form.contains("pipeline") ? "pipeline.config" : "file";
        SourceText source = new SourceText(name, text);
        Dialect dialect = Dialects.recognise(source).orElseThrow(() -> new AssertionError("nobody's: " + form));
        return dialect.read(Input.of(source))
                .value()
                .orElseThrow(() ->
                        new AssertionError(form + dialect.read(Input.of(source)).findings()));
    }

    private static BigDecimal coefficient(Recipe recipe) {
        return recipe.parameters().stream()
                .filter(p -> p.name().role() == Role.KERNEL)
                .flatMap(p -> p.stages(Stage.Penalty.class).stream())
                .map(p -> p.coefficient().decimal())
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }

    /** The last column is how many times the decay the port has; 1 is right. */
    @ParameterizedTest(name = "{0}: {1} {2} -> {3} {4}")
    @CsvSource(delimiter = '|', textBlock = """
        P01 ssd_keras               | caffe          | 0.0005  | keras                        | 0.0005  | 2
        P02 Keras OpenPose          | caffe          | 0.0005  | keras                        | 0.0005  | 2
        P03 Colorful-Image          | caffe          | 0.001   | keras                        | 0.001   | 2
        P04 qqwweee/keras-yolo3     | caffe          | 0.0005  | keras                        | 0.0005  | 2
        P05 zzh8829/yolov3-tf2      | caffe          | 0.0005  | keras                        | 0.0005  | 2
        P06 YAD2K                   | caffe          | 0.0005  | keras                        | 0.0005  | 2
        P08 wide_resnets_keras      | pytorch        | 0.0005  | keras                        | 0.0005  | 2
        P09 geifmany/cifar-vgg      | pytorch        | 0.0005  | keras                        | 0.0005  | 2
        P11 official resnet_model   | caffe          | 0.0001  | keras                        | 0.0001  | 2
        P11 and of slim's           | slim layers    | 0.0001  | keras                        | 0.0001  | 2
        P10 and others              | slim layers    | 0.0001  | keras                        | 0.0001  | 2
        P12 omni-us/squeezedet      | slim layers    | 0.0001  | keras                        | 0.001   | 20
        P16 Model Garden            | slim layers    | 0.0001  | garden                       | 0.0001  | 1
        P16 what it gives to Keras  | garden         | 0.0001  | keras                        | 0.00005 | 1
        copied into Keras           | garden         | 0.0001  | keras                        | 0.0001  | 2
        P17 Object Detection API    | slim pipeline  | 0.00004 | keras pipeline               | 0.00004 | 1
        P17 what it gives to Keras  | keras pipeline | 0.00004 | keras                        | 0.00002 | 1
        copied into Keras           | keras pipeline | 0.00004 | keras                        | 0.00004 | 2
        P18 YOLO of the Garden      | caffe          | 0.0005  | yolo garden                  | 0.0005  | 1
        P18 what it gives to Keras  | yolo garden    | 0.0005  | keras                        | 0.00025 | 1
        P19 Keras-FCN, one branch   | caffe          | 0.0001  | keras                        | 0.00005 | 1
        P19 Keras-FCN, the other    | caffe          | 0.0001  | keras                        | 0.0001  | 2
        P20 balancap/SSD-Tensorflow | caffe          | 0.0005  | slim layers                  | 0.0005  | 1
        P21 amdegroot/ssd.pytorch   | caffe          | 0.0005  | pytorch                      | 0.0005  | 1
        P24 tf-faster-rcnn, first   | caffe          | 0.0005  | slim layers                  | 0.0005  | 1
        P26 yjxiong/tsn-pytorch     | caffe          | 0.0005  | pytorch                      | 0.0005  | 1
        P28 tensorpack's AlexNet    | caffe          | 0.0005  | slim layers                  | 0.0005  | 1
        P29 slim's VGG              | caffe          | 0.0005  | slim layers                  | 0.0005  | 1
        P27 slim's AlexNet          | caffe          | 0.0005  | slim layers                  | 0.0005  | 1
        P31 YOLOv3_TensorFlow       | caffe          | 0.0005  | slim layers                  | 0.0005  | 1
        P30 cifar10                 | caffe          | 0.004   | slim layers                  | 0.004   | 1
        tf_upgrade_v2's own factor  | slim layers    | 0.0005  | keras regularizers in layers | 0.00025 | 1
        copied instead              | slim layers    | 0.0005  | keras regularizers in layers | 0.0005  | 2
        P14 dropped                 | caffe          | 0.0002  | keras                        | 0.0     | 0
        users.md B4, SfMLearner#34  | caffe          | 0.0005  | slim layers, bare loss       | 0.0005  | 0
        """)
    void aPortIsJudgedAsItIs(String project, String from, String number, String to, String copy, BigDecimal times) {
        Recipe source = read(from, number);
        Recipe port = read(to, copy);
        BigDecimal factor = coefficient(port).divide(coefficient(source), MathContext.DECIMAL64);
        List<Comparison.Group> kernels = Comparer.compare(source, port).groups().stream()
                .filter(g -> g.parameters().stream().map(Parameter::name).anyMatch(n -> n.role() == Role.KERNEL))
                .toList();

        assertEquals(0, times.compareTo(factor), project + ": " + factor);
        assertEquals(1, kernels.size());
        boolean right = times.compareTo(BigDecimal.ONE) == 0;
        boolean same = kernels.get(0).verdict().isProven()
                || kernels.get(0).verdict().kind() == samestep.compare.proof.Verdict.Kind.EXACT_WHILE_MET;
        assertEquals(right, same, project + ": " + kernels.get(0).verdict());
        assertTrue(source.schedule().name().length() > 0);
    }

    /** P07, whose port is a file: 23 layers with Darknet's 0.0005 as Keras' l2, in single precision. */
    @Test
    void aCopiedNumberIsSeenInTheFileItself() throws IOException, UnreadableSourceException {
        Path corpus = Path.of("../shared/corpus/keras-json");
        assumeTrue(Files.isDirectory(corpus), "no corpus at " + corpus);
        Path port;
        try (Stream<Path> files = Files.walk(corpus)) {
            port = files.filter(f -> f.endsWith("yolo9000_tf_keras_2.json"))
                    .findFirst()
                    .orElseThrow();
        }
        Recipe recipe = KERAS.read(Input.of(SourceReader.read(port))).value().orElseThrow();
        Recipe darknet = read("caffe", "0.0005");
        BigDecimal decay = coefficient(darknet);
        List<BigDecimal> times = recipe.parameters().stream()
                .flatMap(p -> p.stages(Stage.Penalty.class).stream())
                .map(p -> p.coefficient().decimal().divide(decay, new MathContext(6)))
                .toList();
        assertEquals(23, times.size());
        assertTrue(times.stream().allMatch(t -> t.compareTo(BigDecimal.valueOf(2)) == 0), times.toString());
    }
}
