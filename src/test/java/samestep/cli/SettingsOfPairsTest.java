package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of declared pairs: each rule fires on what is surely not meant, is quiet on what may be, and is allowed by its code. */
class SettingsOfPairsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void repository() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
    }

    /** A solver with its net, and a model that is the same but for one argument of each side. */
    private String pair(String layer, String kerasLayer, String caffeLoss, String kerasLoss, String ema, String allow)
            throws IOException {
        Files.writeString(
                folder.resolve("solver.prototxt"),
                "base_lr: 0.1 lr_policy: \"fixed\" net_param { layer { name: \"d\" type: \"Data\" } " + layer
                        + " layer { name: \"ip\" type: \"InnerProduct\" inner_product_param { bias_term: false"
                        + " weight_filler { type: \"gaussian\" std: 0.05 } } } layer { name: \"l\" type:"
                        + " \"SoftmaxWithLoss\" " + caffeLoss + " } }");
        Files.writeString(
                folder.resolve("model.json"),
                "{\"keras_version\": \"3.15.1\", \"class_name\": \"Sequential\", \"config\": {\"name\": \"s\","
                        + " \"layers\": [" + kerasLayer
                        + ", {\"class_name\": \"Dense\", \"config\": {\"name\": \"ip\", \"use_bias\": false,"
                        + " \"kernel_initializer\": {\"class_name\": \"RandomNormal\", \"config\": {\"mean\": 0.0,"
                        + " \"stddev\": 0.05}}}}]}, \"compile_config\": {\"optimizer\": {\"class_name\": \"SGD\","
                        + " \"config\": {\"learning_rate\": 0.1" + ema + "}}, \"loss\": {\"class_name\":"
                        + " \"SparseCategoricalCrossentropy\", \"config\": {" + kerasLoss + "}}}}");
        Files.writeString(
                folder.resolve("samestep.yaml"), "pairs: {source: solver.prototxt, target: model.json" + allow + "}\n");
        return check();
    }

    private String check(String... options) {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "check";
        arguments[1] = "--config";
        arguments[2] = folder.resolve("samestep.yaml").toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[options.length + 3] = folder.toString();
        return CommandRunner.run(arguments).out();
    }

    private static String dropout(String ratio) {
        return "layer { name: \"x\" type: \"Dropout\" dropout_param { dropout_ratio: " + ratio + " } }";
    }

    private static String drops(String rate) {
        return "{\"class_name\": \"Dropout\", \"config\": {\"name\": \"x\", \"rate\": " + rate + "}}";
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0.8, SS709", "0.2, 0.7, SS708", "0.2, 0.2, ''", "0.5, 0.5, ''"})
    void dropoutAsShareKept(String caffe, String keras, String code) throws IOException {
        assertEquals(code, codes(pair(dropout(caffe), drops(keras), "", "", "", "")));
        assertEquals("", codes(pair(dropout(caffe), drops(keras), "", "", "", ", allow: [SS708, SS709]")));
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, 0.00001, 0.9, 0.00001, ''",
        "0.9, 0.00001, 0.1, 0.00001, SS709",
        "0.9, 0.00001, 0.99, 0.00001, SS708",
        "0.9, 0.00001, 0.9, '', SS710",
        "0.9, 0.00001, 0.9, 0.002, SS708"
    })
    void normalisation(String fraction, String eps, String momentum, String epsilon, String code) throws IOException {
        String caffe = "layer { name: \"x\" type: \"BatchNorm\" batch_norm_param { moving_average_fraction: " + fraction
                + " eps: " + eps + " } }";
        String keras = "{\"class_name\": \"BatchNormalization\", \"config\": {\"name\": \"x\", \"center\": false,"
                + " \"scale\": false, \"momentum\": " + momentum
                + (epsilon.isEmpty() ? "" : ", \"epsilon\": " + epsilon)
                + "}}";
        assertEquals(code, codes(pair(caffe, keras, "", "", "", "")));
    }

    @ParameterizedTest
    @CsvSource({"'', '', ''", "'loss_param { normalization: NONE }', '', SS711"})
    void sums(String caffe, String keras, String code) throws IOException {
        String found = codes(pair(dropout("0.5"), drops("0.5"), caffe, keras, "", ", allow: SS703"));
        assertEquals(code, found);
    }

    /** Of an average that the other file does not know of nothing follows. */
    @Test
    void averages() throws IOException {
        String silent = pair(dropout("0.5"), drops("0.5"), "", "", ", \"use_ema\": true", "");
        assertFalse(silent.contains("SS712"), silent);
        String model = Files.readString(folder.resolve("model.json"));
        Files.writeString(folder.resolve("other.json"), model.replace("\"use_ema\": true", "\"use_ema\": false"));
        Files.writeString(folder.resolve("samestep.yaml"), "pairs: {source: other.json, target: model.json}\n");
        assertTrue(check().contains("[SS712]"), check());
        Files.writeString(folder.resolve("other.json"), model);
        assertFalse(check().contains("SS712"));
    }

    private static String codes(String out) {
        return out.lines()
                .filter(line -> line.contains("model.json:") && line.contains("[SS7"))
                .map(line -> line.substring(line.indexOf("[SS7") + 1, line.lastIndexOf(']')))
                .distinct()
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    /** The number of the source, in the target's convention, and nothing else of the file. */
    @Test
    void exactOnesAreFixed() throws IOException {
        pair(dropout("0.2"), drops("0.8"), "", "", "", "");
        String before = Files.readString(folder.resolve("model.json"));
        check("--fix");
        assertEquals(before.replace("\"rate\": 0.8", "\"rate\": 0.2"), Files.readString(folder.resolve("model.json")));
        assertEquals("", codes(check()));
    }

    @Test
    void aBaselineKnowsThem() throws IOException {
        pair(dropout("0.2"), drops("0.7"), "", "", "", "");
        String file = folder.resolve("baseline.txt").toString();
        assertEquals("SS708", codes(check()));
        check("--baseline", file);
        assertEquals("", codes(check("--baseline", file)));
    }
}
