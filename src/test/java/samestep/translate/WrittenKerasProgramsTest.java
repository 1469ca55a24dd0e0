package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.write.Proposal;
import samestep.finding.Code;
import samestep.recipe.Recipe;

/** Keras programs that are written from the recordings of all frameworks, read by the reader of programs. */
class WrittenKerasProgramsTest {
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();

    /** How many programs are written in each version. */
    private static final Map<String, Integer> PROGRAMS =
            Map.of("1", 688, "2.3", 688, "tf.keras", 727, "2.15", 765, "3", 1552);

    @TestFactory
    Stream<DynamicTest> eachProgramSaysWhatItsDocumentSays() {
        assertEquals(PROGRAMS.keySet(), new HashSet<>(KERAS.versions()));
        return KERAS.versions().stream().map(version -> DynamicTest.dynamicTest(version, () -> eachProgram(version)));
    }

    private static void eachProgram(String version) throws IOException {
        Dialect keras = KERAS.inVersion(version);
        List<String> differences = new ArrayList<>();
        Set<Map<String, String>> seen = new HashSet<>();
        int programs = 0;
        for (Path file : WrittenPrograms.recordings()) {
            Optional<Recipe> recipe = WrittenPrograms.recipe(file);
            for (Proposal proposal : recipe.map(r -> keras.write(r, "python")).orElse(List.of())) {
                programs++;
                // Many recordings differ in their data only.
                if (seen.add(proposal.texts())) {
                    Optional<String> difference = WrittenPrograms.difference(keras, proposal);
                    List<String> said = difference.isPresent()
                            ? List.of(difference.get())
                            : WrittenPrograms.settings(keras, proposal);
                    said.forEach(why -> differences.add(file.getFileName() + ": " + why));
                }
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(programs >= PROGRAMS.getOrDefault(version, 0), version + ": " + programs + " programs");
    }

    /**
     * A fault of the printer alone, with the document as it is.
     *
     * @param solver what is translated
     * @param wrong the word that is printed wrongly, and what is printed in its place
     */
    private record Fault(String name, String solver, String word, String wrong) {}

    private static final String START = "base_lr: 0.02 lr_policy: \"fixed\" max_iter: 100 ";

    private static final List<Fault> FAULTS = List.of(
            new Fault(
                    "a coefficient that is not halved",
                    START + "type: \"SGD\" momentum: 0.9 weight_decay: 0.05",
                    "L2(l2=0.025)",
                    "L2(l2=0.05)"),
            new Fault(
                    "a missing regularizer",
                    START + "type: \"SGD\" momentum: 0.9 weight_decay: 0.05",
                    "bias_regularizer=keras.regularizers.L2(l2=0.025)",
                    "bias_regularizer=None"),
            new Fault("another epsilon", START + "type: \"AdaGrad\" delta: 0", "epsilon=0.0", "epsilon=1e-06"),
            new Fault(
                    "a schedule that is one step late",
                    "base_lr: 0.02 lr_policy: \"multistep\" stepvalue: 50 gamma: 0.1 max_iter: 100 type: \"SGD\"",
                    "boundaries=[49]",
                    "boundaries=[50]"),
            new Fault("no nesterov", START + "type: \"Nesterov\" momentum: 0.9", "nesterov=True", "nesterov=False"),
            new Fault(
                    "another decay of one variable",
                    START + "type: \"SGD\" momentum: 0.9 clip_gradients: 1.5 weight_decay: 0.05",
                    "\"l2\": 0.05",
                    "\"l2\": 0.04"));

    /** Each is seen, though the document of the same proposal is exact. */
    @TestFactory
    Stream<DynamicTest> faultsOfThePrinterAreSeen() {
        return FAULTS.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> {
                    Translation right = WrittenPrograms.translated(fault.solver(), KERAS);
                    assertTrue(right.comparison().isProven());
                    String text = right.proposal().texts().getOrDefault("python", "");
                    assertTrue(text.contains(fault.word()), text);
                    Dialect spoiled = WrittenPrograms.spoiled(KERAS, t -> t.replace(fault.word(), fault.wrong()));
                    assertFalse(WrittenPrograms.translated(fault.solver(), spoiled)
                            .comparison()
                            .isProven());
                }));
    }

    @Test
    void whereAProgramIsNotReadAWarningSaysSo() {
        Dialect spoiled = WrittenPrograms.spoiled(KERAS, text -> text.replace("keras", "other"));
        Translation unread = WrittenPrograms.translated(START + "type: \"SGD\" weight_decay: 0.05", spoiled);
        assertTrue(unread.findings().stream()
                .anyMatch(f -> f.code() == Code.SS010 && f.message().contains("is not read back")));
    }

    /** Another text of the same name is the program's own class. */
    @Test
    void classesAreKnownByTheirWholeText() throws IOException {
        Path decayed = Path.of("fixtures/goldens/caffe/caffe-sgd-momentum-l2-clip.json");
        Recipe recipe = WrittenPrograms.recipe(decayed).orElseThrow();
        String text = KERAS.write(recipe, "python").stream()
                .map(proposal -> proposal.texts().getOrDefault("python", ""))
                .filter(program -> program.contains("class PerVariableSGD("))
                .findFirst()
                .orElseThrow();

        assertTrue(isSame(recipe, text));
        assertTrue(isSame(recipe, text.replace("\n", "\r\n")));
        assertFalse(isSame(recipe, text.replace("decay[\"l2\"] * variable", "decay[\"l2\"] * variable / 2")));
        assertFalse(isSame(recipe, text.replace("import keras\n", "import keras\n\nkeras = other\n")));
        assertFalse(isSame(recipe, text + "\n\nkeras = other\n"));
        assertFalse(isSame(recipe, text.replace("class PerVariableSGD", "@twice\nclass PerVariableSGD")));
        assertFalse(isSame(recipe, text.replace("@keras.saving.register_keras_serializable()\n", "@twice\n")));
    }

    private static boolean isSame(Recipe recipe, String text) {
        return WrittenPrograms.read(KERAS, "x.py", text)
                .filter(read -> WrittenPrograms.isSame(recipe, read))
                .isPresent();
    }
}
