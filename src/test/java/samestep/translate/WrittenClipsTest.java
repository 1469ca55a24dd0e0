package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.UniqueNames;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** Clips and epsilons are written as they are, or a finding says which one is not. */
class WrittenClipsTest {
    private static final String TORCH = """
        {"samestep": "pytorch/1",
         "optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1, "momentum": 0.9}},
         "grad_clip": %s}
        """;
    private static final String NORM =
            "{\"class_path\": \"torch.nn.utils.clip_grad_norm_\", \"init_args\": {\"max_norm\": %s}}";
    private static final String TWO_CLIPS = """
        {"class_name": "SGD", "config": {"lr": 0.1, "momentum": 0.9, "decay": 0.0, "nesterov": false,
         "clipnorm": 1.0, "clipvalue": 0.5}, "keras_version": "2.3.1"}
        """;
    private static final String RMSPROP = """
        {"class_name": "RMSprop", "config": {"learning_rate": 0.001, "rho": 0.9, "momentum": 0.9,
         "epsilon": 0.0001, "decay": 0.0, "centered": false}, "keras_version": "2.10.0"}
        """;

    private static Translation translate(String text, String to, String style) {
        Input input = Input.of(new SourceText("source.json", text));
        Dialect from = Dialects.recognise(input.source()).orElseThrow();
        return new Translator(from, Dialects.named(to).orElseThrow())
                .translate(input, style)
                .value()
                .orElseThrow();
    }

    private static String text(Translation translation, String style) {
        return translation.proposal().texts().getOrDefault(style, "");
    }

    private static List<Code> codes(Translation translation) {
        return translation.findings().stream().map(Finding::code).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "python-tf1-estimator, 'gradients, _ = tf.clip_by_global_norm(gradients, 1.0)'",
        "python-slim, 'gradients, _ = tf.clip_by_global_norm(gradients, 1.0)'",
        "python-tf.keras, 'gradients, _ = tf.clip_by_global_norm(gradients, 1.0)'",
        "calls, '\"clip\": {\"by\": \"global_norm\", \"threshold\": 1.0}'",
        "pipeline, 'gradient_clipping_by_norm: 1.0'",
        "garden, 'global_clipnorm: 1.0'"
    })
    void aNormOfAllGradientsStaysOneAndItsGuardIsNamed(String style, String line) {
        Translation translation = translate(TORCH.formatted(NORM.formatted("1.0")), "tensorflow", style);
        assertTrue(text(translation, style).contains(line), text(translation, style));
        assertTrue(codes(translation).contains(Code.SS531));
    }

    @ParameterizedTest
    @CsvSource({
        "pytorch, python, 'clip_global_norm(model.parameters(), max_norm=1.0)\n"
                + "    torch.nn.utils.clip_grad_value_(model.parameters(), clip_value=0.5)'",
        "tensorflow, python-slim, 'tf.clip_by_global_norm(gradients, 1.0)\n"
                + "    gradients = [tf.clip_by_value(g, -0.5, 0.5) for g in gradients]'",
    })
    void twoClipsAreBothWrittenInOrder(String to, String style, String lines) {
        Translation translation = translate(TWO_CLIPS, to, style);
        assertTrue(text(translation, style).contains(lines), text(translation, style));
        assertFalse(codes(translation).contains(Code.SS502));
        assertTrue(translation.comparison().isProven());
    }

    @ParameterizedTest
    @CsvSource({
        "pytorch, lightning", "pytorch, hydra", "pytorch, hf", "pytorch, timm", "pytorch, detectron2",
        "keras, json", "keras, python", "tensorflow, garden", "tensorflow, pipeline", "caffe, prototxt"
    })
    void aSecondClipThatIsNotWrittenIsNamed(String to, String style) {
        Translation translation = translate(TWO_CLIPS, to, style);
        long named = translation.findings().stream()
                .filter(f -> f.code() == Code.SS502)
                .count();
        assertEquals(1, named, codes(translation).toString());
        assertFalse(translation.comparison().isProven());
    }

    @ParameterizedTest
    @CsvSource({"3.3.3, 0", "2.15.0, 1", "2.10.0, 2", "2.3.1, 2"})
    void eachKerasTakesTheClipsThatItDoes(String version, int clips) {
        String named = TWO_CLIPS.replace("2.3.1", version);
        // The optimizers since Keras 2.11 have no decay, and their rate another name.
        String text = version.equals("2.10.0") || version.equals("2.3.1")
                ? named
                : named.replace("\"decay\": 0.0", "\"jit_compile\": false").replace("\"lr\"", "\"learning_rate\"");
        Outcome<Recipe> read =
                Dialects.named("keras").orElseThrow().read(Input.of(new SourceText("source.json", text)));
        int found = read.value()
                .map(r -> r.parameters().get(0).stages(Stage.Clip.class).size())
                .orElse(0);
        assertEquals(clips, found, read.findings().toString());
        assertEquals(
                clips == 0,
                read.findings().stream().anyMatch(f -> f.code() == Code.SS004),
                read.findings().toString());
    }

    @Test
    void severalClipsAreAListOfOneMember() {
        String json = text(translate(TWO_CLIPS, "pytorch", "json"), "json");
        assertEquals(2, json.split("\"grad_clip\"", -1).length, json);
        assertTrue(json.contains("\"grad_clip\": ["), json);
    }

    @Test
    void noMemberIsWrittenTwice() throws IOException {
        try (UniqueNames out = new UniqueNames(new StringWriter())) {
            out.beginObject();
            out.name("a").beginObject().name("a").value(1).endObject();
            IllegalStateException refused = assertThrows(IllegalStateException.class, () -> out.name("a"));
            assertTrue(String.valueOf(refused.getMessage()).contains("\"a\" is written twice"));
            out.endObject();
        }
    }

    /** What frameworks do with 0: PyTorch's functions, timm and Caffe make every gradient 0, the others do not clip. */
    @ParameterizedTest
    @CsvSource({
        "pytorch, json, true",
        "pytorch, python, true",
        "pytorch, timm, true",
        "caffe, prototxt, true",
        "pytorch, lightning, false",
        "pytorch, hydra, false",
        "pytorch, hf, false",
        "keras, json, false",
        "tensorflow, garden, false",
        "tensorflow, pipeline, false",
        "tensorflow, calls, false",
        "tensorflow, python-slim, false"
    })
    void aThresholdOfZeroIsWrittenWhereItMeansTheSame(String to, String style, boolean written) {
        Translation translation = translate(TORCH.formatted(NORM.formatted("0.0")), to, style);
        assertEquals(
                !written,
                codes(translation).contains(Code.SS502),
                codes(translation).toString());
        assertFalse(codes(translation).contains(Code.SS531));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, grad_clip: expected an object",
        "'[1.0]', grad_clip: expected an object",
        "'{\"class_path\": \"torch.nn.utils.clip_grad_value_\", \"init_args\": {}}', clip_value"
    })
    void aClipThatIsNoCallIsRefused(String clip, String words) {
        Input input = Input.of(new SourceText("source.json", TORCH.formatted(clip)));
        List<Finding> findings =
                Dialects.named("pytorch").orElseThrow().read(input).findings();
        assertTrue(
                findings.stream()
                        .anyMatch(f -> f.code() == Code.SS010 && f.message().contains(words)),
                findings.toString());
    }

    /** tf.keras' RMSprop adds epsilon to the root, and under it with a momentum, on both sides. */
    @Test
    void anEpsilonThatStaysAtItsPlaceIsCopied() {
        Translation translation = translate(RMSPROP, "tensorflow", "pipeline");
        assertTrue(text(translation, "pipeline").contains("epsilon: 0.0001\n"), text(translation, "pipeline"));
        assertFalse(codes(translation).contains(Code.SS201));
        assertEquals(Verdict.Kind.EXACT, translation.comparison().verdict().kind());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, tensorflow, python-tf.keras, epsilon=1e-08, SS201",
        "0.9, tensorflow, python-tf.keras, epsilon=0.0001, ",
        "0.0, tensorflow, garden, epsilon: 0.0001, ",
        "0.9, tensorflow, garden, epsilon: 0.0001, ",
        "0.0, pytorch, python, eps=0.0001, ",
        "0.9, pytorch, python, eps=0.0001, SS201",
        "0.0, keras, json, '\"epsilon\": 1e-08', SS201",
        "0.9, keras, json, '\"epsilon\": 0.0001', ",
    })
    void anEpsilonMovesAsItsMomentumSays(String momentum, String to, String style, String written, Code code) {
        String source = RMSPROP.replace("\"momentum\": 0.9", "\"momentum\": " + momentum);
        Translation translation = translate(source, to, style);
        assertTrue(text(translation, style).contains(written), text(translation, style));
        assertEquals(code != null, codes(translation).contains(Code.SS201));
    }

    @ParameterizedTest
    @CsvSource({"0.5", "1", "2", "3"})
    void restartsOfACosineAreWrittenForPytorch(String cycles) {
        String source = """
            {"output_dir": "out", "learning_rate": 5e-5, "lr_scheduler_type": "cosine_with_restarts",
             "lr_scheduler_kwargs": {"num_cycles": %s}, "warmup_steps": 100, "max_steps": 1000}
            """.formatted(cycles);
        for (String style : List.of("json", "python")) {
            Translation translation = translate(source, "pytorch", style);
            assertTrue(translation.comparison().schedule().verdict().isProven());
            // PyTorch's step() fails where a SequentialLR begins within another.
            assertEquals(2, text(translation, style).split("SequentialLR").length, text(translation, style));
        }
        for (String style : List.of("lightning", "hydra", "hf", "timm", "detectron2")) {
            translate(source, "pytorch", style);
        }
    }
}
