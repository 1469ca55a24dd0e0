package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.equation.Expressions;
import samestep.recipe.Recipe;
import samestep.recipe.Rounding;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Programs for TensorFlow 1, written from recordings of three frameworks and from graphs. */
class TensorflowProgramTest {
    private static final Path RECORDINGS = Path.of("fixtures/goldens");
    private static final Path PROGRAMS = Path.of("fixtures/tensorflow/programs");
    private static final Dialect TENSORFLOW = Dialects.named("tensorflow").orElseThrow();

    private static List<Path> recordings(String framework) throws IOException {
        try (Stream<Path> files = Files.list(RECORDINGS.resolve(framework))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Recipe recipe(Path recording) throws IOException {
        return Rounding.only(
                Rounding.nowhere(),
                Recording.read(SourceReader.read(recording))
                        .value()
                        .orElseThrow()
                        .recipe()
                        .value()
                        .orElseThrow());
    }

    private static Recipe readBack(Proposal proposal) {
        SourceText document = new SourceText("written", proposal.texts().getOrDefault("calls", ""));
        assertEquals(TENSORFLOW, Dialects.recognise(document).orElse(null));
        return TENSORFLOW
                .read(Input.of(document))
                .value()
                .orElseThrow()
                .mapped(value -> Expressions.replaceNumbers(value, proposal.written()));
    }

    /** What TensorFlow itself did is written and read back as the same, whatever the layers are. */
    @ParameterizedTest
    @ValueSource(strings = {"python-tf1-estimator", "python-slim", "python-tf.keras"})
    void itsOwnTrainingsComeBack(String style) throws IOException {
        ProofMemory memory = new ProofMemory();
        List<String> otherwise = new ArrayList<>();
        for (Path file : recordings("tensorflow")) {
            if (!String.valueOf(file.getFileName()).startsWith("tf1-")) {
                // Of TensorFlow 2's programs, which have forms of their own.
                continue;
            }
            Recipe recipe = recipe(file);
            List<Proposal> proposals = TENSORFLOW.write(recipe, style);
            boolean proven = proposals.stream()
                    .anyMatch(p -> Comparer.compare(recipe, readBack(p), Partners.byName(), memory)
                            .isProven());
            if (!proven) {
                otherwise.add(String.valueOf(file.getFileName()).replaceAll("^tf1-|\\.json$", ""));
            }
        }
        // A repeated fall is written as nothing.
        assertEquals(List.of("momentum-polynomial-cycle-l2"), otherwise, style);
    }

    @Test
    void othersTrainingsAreWritten() throws IOException {
        ProofMemory memory = new ProofMemory();
        int proven = 0;
        int written = 0;
        for (String framework : List.of("caffe", "keras3")) {
            List<Path> files = recordings(framework);
            for (int i = 0; i < files.size(); i += 4) {
                Recipe recipe = recipe(files.get(i));
                for (Proposal proposal : TENSORFLOW.write(recipe, "python-slim")) {
                    written++;
                    Comparison comparison = Comparer.compare(recipe, readBack(proposal), Partners.byName(), memory);
                    proven += comparison.isProven() ? 1 : 0;
                }
            }
        }
        assertTrue(written > 30, written + " written");
        assertTrue(proven > 15, proven + " of " + written + " proven");
    }

    @ParameterizedTest
    @CsvSource({
        "caffe/caffe-sgd-momentum-l2-mults, tf1-estimator",
        "caffe/caffe-sgd-momentum-l2-clip-frozen, slim",
        "keras3/keras3-adamw, tf.keras",
        "keras3/keras3-sgd-nesterov-l2-piecewise, slim",
        "keras3/keras3-sgd-l2-global-clipnorm, tf1-estimator",
        "tensorflow/tf1-gd-total-slim-l1l2, slim",
        "tensorflow/tf1-momentum-piecewise-l2, tf.keras",
        "tensorflow/tf1-estimator-bare-l2, tf1-estimator"
    })
    void aProgramIsTheCommittedOne(Path recording, String api) throws IOException {
        String style = "python-" + api;
        List<Proposal> proposals = TENSORFLOW.write(recipe(RECORDINGS.resolve(recording + ".json")), style);
        Map<String, String> texts = proposals.get(proposals.size() - 1).texts();
        Path committed = PROGRAMS.resolve(recording.getFileName() + "." + api + ".py");
        String text = texts.getOrDefault(style, "");
        Path written = Path.of("target").resolve(committed);
        Files.createDirectories(written.toAbsolutePath().getParent());
        Files.writeString(written, text);

        assertEquals(
                Files.exists(committed) ? Files.readString(committed) : "",
                text,
                "if it is right: cp " + written + " " + committed);
    }
}
