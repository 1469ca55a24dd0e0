package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.setting.SettingRow;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.text.Edit;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.translate.setting.SettingRewriter;

/** Into files of the user's own: the right values, and nothing else. */
class OntoTest {
    private static final Dialect CAFFE = Dialects.named("caffe").orElseThrow();
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();

    private static final String SOLVER = """
        type: "SGD" base_lr: 0.01 lr_policy: "inv" gamma: 0.0001 power: 1 momentum: 0.9 weight_decay: 0.0005
        """;
    private static final String NET = """
        layer { name: "conv1" type: "Convolution" param { lr_mult: 1 decay_mult: 1 } param { lr_mult: 1 decay_mult: 0 } }
        layer { name: "conv2" type: "Convolution" param { lr_mult: 1 decay_mult: 1 } param { lr_mult: 1 decay_mult: 0 } }
        layer { name: "ip1" type: "InnerProduct" param { lr_mult: 1 decay_mult: 2 } param { lr_mult: 1 decay_mult: 0 } }
        layer { name: "ip2" type: "InnerProduct" param { lr_mult: 1 decay_mult: 1 } param { lr_mult: 1 decay_mult: 1 } }
        """;

    private static ConfigurationFile caffe(String solver, String net) {
        return ConfigurationFile.open(
                        new SourceText("solver.prototxt", solver),
                        Optional.of(new SourceText("net.prototxt", net)),
                        Optional.empty(),
                        Path.of(""))
                .value()
                .orElseThrow();
    }

    private static ConfigurationFile keras(SourceText text) {
        return ConfigurationFile.open(text, Optional.empty(), Optional.empty(), Path.of(""))
                .value()
                .orElseThrow();
    }

    private static Outcome<FileRewriter.Rewritten> rewrite(
            ConfigurationFile from, Dialect to, SourceText existing, Map<String, String> layers) {
        return new FileRewriter(from, to, new Partners(layers)).rewrite(existing);
    }

    /** Everything outside the edits' spans is what it was, byte for byte; a second time changes nothing. */
    private static FileRewriter.Rewritten lawful(
            ConfigurationFile from, Dialect to, SourceText existing, Map<String, String> layers) {
        FileRewriter.Rewritten rewritten =
                rewrite(from, to, existing, layers).value().orElseThrow();
        Rewrite rewrite = rewritten.rewrite();
        int at = 0;
        StringBuilder rebuilt = new StringBuilder();
        for (Edit edit : rewrite.edits().stream()
                .sorted(java.util.Comparator.comparingInt((Edit e) -> e.span().start()))
                .toList()) {
            rebuilt.append(existing.text(), at, edit.span().start()).append(edit.replacement());
            at = edit.span().end();
        }
        rebuilt.append(existing.text(), at, existing.text().length());
        SourceText changed = rewrite.changed();
        assertEquals(rebuilt.toString(), changed.text());
        assertEquals(
                new String(changed.bytes(), StandardCharsets.UTF_8),
                new String(rebuilt.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        FileRewriter.Rewritten again =
                rewrite(from, to, changed, layers).value().orElseThrow();
        assertEquals(List.of(), again.rewrite().edits(), "done twice");
        return rewritten;
    }

    private static SourceText read(String name, String text) throws IOException {
        return SourceReader.read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static SourceText lenet() throws IOException {
        return SourceReader.read(Path.of("fixtures/keras/lenet.json"));
    }

    /** Line ends, a byte order mark, tabs or blanks, with and without a last line end, all on one line. */
    @Provide
    Arbitrary<List<String>> layouts() {
        return Combinators.combine(
                        Arbitraries.of("\n", "\r\n"),
                        Arbitraries.of("", "\uFEFF"),
                        Arbitraries.of("", "\t", " ", "    "),
                        Arbitraries.of("last", "none", "one line"))
                .as(List::of);
    }

    private static String laidOut(String text, List<String> layout) {
        String indented = text.lines()
                .map(line -> {
                    int blanks = line.length() - line.stripLeading().length();
                    return layout.get(2).repeat(blanks / 2) + line.stripLeading();
                })
                .reduce((a, b) -> a + layout.get(0) + b)
                .orElse("");
        String ended = layout.get(3).equals("last")
                ? indented + layout.get(0)
                : layout.get(3).equals("none") ? indented : indented.replace(layout.get(0), " ");
        return layout.get(1) + ended;
    }

    @Property(tries = 48)
    void aKerasModelOfAnyLayout(@ForAll("layouts") List<String> layout) throws IOException {
        SourceText existing = read("model.json", laidOut(lenet().text(), layout));
        FileRewriter.Rewritten rewritten = lawful(caffe(SOLVER, NET), KERAS, existing, Map.of("ip1", "fc1"));
        assertTrue(rewritten.comparison().isProven(), rewritten.comparison().toString());
        String line = layout.get(0);
        boolean one = layout.get(3).equals("one line");
        String changed = rewritten.rewrite().changed().text();
        assertEquals(
                existing.text().chars().filter(c -> c == '\n').count(),
                changed.chars().filter(c -> c == '\n').count(),
                "no line comes or goes");
        assertFalse(!one && line.equals("\n") && changed.contains("\r"));
    }

    @Property(tries = 48)
    void aCaffeNetOfAnyLayout(@ForAll("layouts") List<String> layout) throws IOException {
        String net = """
            layer {
              name: "conv1"
              type: "Convolution"
              param {
                lr_mult: 1
              }
            }
            layer {
              name: "conv2"
              type: "Convolution"
              convolution_param {
                num_output: 50
              }
            }
            layer {
              name: "fc1"
              type: "InnerProduct"
            }
            layer { name: "ip2" type: "InnerProduct" param { decay_mult: 250 } }
            """;
        SourceText model = read(
                "model.json",
                lenet().text()
                        .replace("\"clipnorm\": 1.0", "\"clipnorm\": null")
                        .replace("0.009999999776482582", "0.01"));
        SourceText existing = read("net.prototxt", laidOut(net, layout));
        FileRewriter.Rewritten rewritten = lawful(keras(model), CAFFE, existing, Map.of());
        assertTrue(rewritten.comparison().isProven(), rewritten.comparison().toString());
    }

    /** The oldest lists of multipliers, by position. */
    @Test
    void anOldNet() throws IOException {
        String net = "layers { name: \"conv1\" type: CONVOLUTION blobs_lr: 1 blobs_lr: 2 weight_decay: 1 }\n"
                + "layers { name: \"conv2\" type: CONVOLUTION blobs_lr: [1, 2] weight_decay: [1, 1] }\n"
                + "layers { name: \"fc1\" type: INNER_PRODUCT }\n"
                + "layers { name: \"ip2\" type: INNER_PRODUCT weight_decay: [1] }\n";
        SourceText model = read(
                "model.json",
                lenet().text()
                        .replace("\"clipnorm\": 1.0", "\"clipnorm\": null")
                        .replace("0.009999999776482582", "0.01"));
        FileRewriter.Rewritten rewritten = lawful(keras(model), CAFFE, read("net.prototxt", net), Map.of());
        assertTrue(rewritten.comparison().isProven(), rewritten.comparison().toString());
        assertEquals(
                "layers { name: \"conv1\" type: CONVOLUTION blobs_lr: 1 blobs_lr: 1 weight_decay: 1 weight_decay: 0 }\n"
                        + "layers { name: \"conv2\" type: CONVOLUTION blobs_lr: [1, 1] weight_decay: [1, 0] }\n"
                        + "layers { name: \"fc1\" type: INNER_PRODUCT weight_decay: 0 weight_decay: 0 }\n"
                        + "layers { name: \"ip2\" type: INNER_PRODUCT weight_decay: [1, 0] }\n",
                rewritten.rewrite().changed().text());
    }

    /** Keras' own samples of each version, changed to what a solver without a net means, and read again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"class_name\": \"Sequential\", \"keras_version\": \"1.2.2\", \"config\": [{\"class_name\":"
                        + " \"Dense\", \"config\": {\"name\": \"ip\", \"W_regularizer\": {\"name\": \"L1L2Regularizer\","
                        + " \"l1\": 0.0, \"l2\": 0.1}, \"b_regularizer\": null}}], \"optimizer\": {\"class_name\":"
                        + " \"SGD\", \"config\": {\"lr\": 0.1, \"momentum\": 0.0, \"decay\": 1e-05, \"nesterov\": true}}}",
                "{\"class_name\": \"Sequential\", \"keras_version\": \"2.2.4\", \"config\": {\"layers\":"
                        + " [{\"class_name\": \"Dense\", \"config\": {\"name\": \"ip\", \"kernel_regularizer\":"
                        + " {\"class_name\": \"L1L2\", \"config\": {\"l1\": 0.5, \"l2\": 0.0}}, \"bias_regularizer\":"
                        + " null}}]}, \"optimizer\": {\"class_name\": \"SGD\", \"config\": {\"lr\": 0.1, \"momentum\":"
                        + " 0.0, \"decay\": 0.0, \"nesterov\": false}}}",
                "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"Dense\", \"config\":"
                        + " {\"name\": \"ip\", \"kernel_regularizer\": \"l2\", \"bias_regularizer\": null}}]},"
                        + " \"optimizer\": {\"class_name\": \"AdamW\", \"config\": {\"learning_rate\": 0.001,"
                        + " \"weight_decay\": 0.004, \"gradient_accumulation_steps\": null}}}"
            })
    void everyVersionIsChangedInItsOwnSpelling(String model) throws IOException {
        String type = model.contains("AdamW")
                ? "type: \"Adam\" momentum: 0.9 momentum2: 0.999 delta: 1e-8 "
                : "type: \"SGD\" momentum: 0.9 ";
        ConfigurationFile solver = caffe(
                type + "base_lr: 0.01 lr_policy: \"fixed\" weight_decay: 0.0005",
                "layer { name: \"ip\" type: \"InnerProduct\" param { } param { decay_mult: 0 } }");
        FileRewriter.Rewritten rewritten = lawful(solver, KERAS, read("model.json", model), Map.of());
        assertTrue(
                rewritten.comparison().isProven(), rewritten.rewrite().changed().text());
        String text = rewritten.rewrite().changed().text();
        assertTrue(text.contains("0.00025"), text);
        assertEquals(model.contains("\"lr\""), text.contains("\"lr\": 0.01"), text);
    }

    /** A document that is not clear is not changed: the error has its place in the document as it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'optimizer': {'class_name': 'SGD', 'config': {'momentum': 0.1, 'momentum': 0.2}}, 'layers': {}};"
                        + " again",
                "{'optimizer': {'class_name': 'SGD', 'config': {'learning_rate': 0.1, 'momentum': 0.5}}, 'layers':"
                        + " {'fc': {'kernel_regularizer': {'class_name': 'L2', 'config': {'l2': NaN}}}}}; found NaN",
                "{'optimizer': {'class_name': 'SGD', 'config': {'learning_rate': [[[; nest",
                "{'optimizer': {'class_name': 'SGD', 'config': {; expected"
            })
    void whatIsWrongWithADocumentIsAnErrorThere(String model, String message) throws IOException {
        String deep = model.endsWith("[[[") ? model + "[".repeat(10_000) : model;
        SourceText existing = read("model.json", deep.replace('\'', '"'));
        Outcome<FileRewriter.Rewritten> outcome = rewrite(caffe(SOLVER, NET), KERAS, existing, Map.of());
        assertTrue(outcome.value().isEmpty(), outcome.toString());
        Finding error = outcome.findings().stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .findFirst()
                .orElseThrow();
        assertTrue(error.message().contains(message), error.toString());
        assertTrue(error.place().orElseThrow().source() == existing, error.toString());
    }

    @Test
    void everyLayerWithoutAPartnerIsNamed() throws IOException {
        List<Finding> alone = rewrite(caffe(SOLVER, NET), KERAS, lenet(), Map.of()).findings().stream()
                .filter(f -> f.code() == Code.SS305)
                .toList();
        assertEquals(2, alone.size(), alone.toString());
        assertTrue(alone.get(0).message().startsWith("layer fc1 of "), alone.toString());
        assertTrue(alone.get(1).message().startsWith("layer ip1 has no partner"), alone.toString());
    }

    /** The archive's other entries are the bytes that they were. */
    @Test
    void anArchiveIsWrittenEntryByEntry(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
        Path original = Path.of("fixtures/keras/digits.keras");
        Path target = folder.resolve("changed.keras");
        SourceText existing = Dialects.text(original);
        ConfigurationFile solver = caffe(
                "base_lr: 0.01 lr_policy: \"fixed\" momentum: 0.9 weight_decay: 0.004",
                "layer { name: \"ip1\" type: \"InnerProduct\" } layer { name: \"ip2\" type: \"InnerProduct\" }");
        Rewrite rewrite = lawful(solver, KERAS, existing, Map.of()).rewrite();
        assertTrue(KERAS.pack(original, rewrite.changed(), target));
        assertEquals(rewrite.changed().text(), Dialects.text(target).text());
        assertEquals(entries(original), entries(target));
    }

    private static Map<String, Long> entries(Path archive) throws IOException {
        Map<String, Long> entries = new java.util.LinkedHashMap<>();
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(archive.toFile())) {
            zip.stream()
                    .filter(e -> !e.getName().equals("config.json"))
                    .sorted(java.util.Comparator.comparing(java.util.zip.ZipEntry::getName))
                    .forEach(e ->
                            entries.put(e.getName() + " " + e.getCompressedSize() + " " + e.getMethod(), e.getCrc()));
        }
        assertFalse(entries.isEmpty(), archive.toString());
        return entries;
    }

    private static final String NORMALISED = """
        layer { name: "conv1" type: "Convolution" param { lr_mult: 1 } param { lr_mult: 1 decay_mult: 0 } }
        layer { name: "bn1" type: "BatchNorm" batch_norm_param { moving_average_fraction: %s eps: %s } }
        layer { name: "drop1" type: "Dropout" dropout_param { dropout_ratio: %s } }
        layer { name: "drop2" type: "Dropout" %s }
        """;

    private static SettingRewriter.Rewritten withSettings(ConfigurationFile from, SourceText existing) {
        ConfigurationFile document = new ConfigurationFile(CAFFE, Input.of(existing));
        Partners partners = Partners.byName();
        ProofMemory memory = new ProofMemory();
        FileRewriter.Rewritten update = new FileRewriter(from, CAFFE, partners, memory)
                .rewrite(document)
                .value()
                .orElseThrow();
        return new SettingRewriter(from, document, partners, memory).rewritten(update);
    }

    /** Numbers of a net that say a setting are changed with the multipliers; a default has no number, and is in the list. */
    @Test
    void settingsOfANetAreChanged() throws IOException {
        ConfigurationFile from =
                caffe(SOLVER, NORMALISED.formatted("0.8", "0.002", "0.4", "dropout_param { dropout_ratio: 0.1 }"));
        SourceText existing = read("mine.prototxt", NORMALISED.formatted("0.95", "1e-4", "0.6", ""));
        SettingRewriter.Rewritten rewritten = withSettings(from, existing);
        assertEquals(
                NORMALISED.formatted("0.8", "0.002", "0.4", ""),
                rewritten.rewrite().changed().text());
        assertTrue(rewritten.comparison().isProven());
        assertFalse(rewritten.isSameTraining());
        assertEquals(
                List.of("drop2"),
                rewritten.checklist().items().stream()
                        .filter(item -> item.row().status() == SettingRow.Status.DIFFERS)
                        .flatMap(item -> item.row().owners().stream())
                        .toList());
        SettingRewriter.Rewritten again = withSettings(from, rewritten.rewrite().changed());
        assertEquals(List.of(), again.rewrite().edits(), "done twice");
    }
}
