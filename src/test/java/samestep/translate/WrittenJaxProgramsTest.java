package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.write.Proposal;
import samestep.recipe.Recipe;

/** Programs with Optax that are written from the recordings of all frameworks, read by the reader of programs. */
class WrittenJaxProgramsTest {
    private static final Dialect JAX = Dialects.named("jax").orElseThrow();
    private static final String SOLVER =
            "type: \"Adam\" base_lr: 0.02 lr_policy: \"fixed\" momentum: 0.9 weight_decay: 0.05 max_iter: 100\n";

    @Test
    void eachProgramSaysWhatItsDocumentSays() throws IOException {
        List<String> differences = new ArrayList<>();
        int programs = 0;
        int exact = 0;
        for (Path file : WrittenPrograms.recordings()) {
            Optional<Recipe> recipe = WrittenPrograms.recipe(file);
            boolean isExact = false;
            for (Proposal proposal : recipe.map(JAX::write).orElse(List.of())) {
                programs++;
                Optional<String> difference = WrittenPrograms.difference(JAX, proposal);
                difference.ifPresent(why -> differences.add(file.getFileName() + ": " + why));
                isExact |= difference.isEmpty()
                        && WrittenPrograms.isSame(
                                recipe.orElseThrow(),
                                WrittenPrograms.read(
                                                JAX, "x.py", proposal.texts().getOrDefault("python", ""))
                                        .orElseThrow());
            }
            exact += isExact ? 1 : 0;
        }
        assertEquals(List.of(), differences);
        assertTrue(programs >= 1715 && exact >= 843, programs + " programs, of " + exact + " recordings exact");
    }

    /** Keras' and Caffe's Adam are not Optax': a transformation that is printed of their equations is known by its text only. */
    @Test
    void definitionsAreKnownByTheirWholeText() throws IOException {
        Recipe recipe = WrittenPrograms.recipe(Path.of("fixtures/goldens/caffe/caffe-adam-l2.json"))
                .orElseThrow();
        String text = JAX.write(recipe).get(1).texts().getOrDefault("python", "");
        assertTrue(text.contains("def scale_by_caffe_adam("), text);

        assertTrue(isSame(recipe, text));
        assertFalse(isSame(recipe, text.replace("m / (jax.numpy.sqrt(v) + epsilon)", "m / jax.numpy.sqrt(v)")));
        assertFalse(isSame(recipe, text.replace("import jax\n", "import jax\n\njax = other\n")));
        assertFalse(isSame(recipe, text + "\n\njax = other\n"));
        assertFalse(isSame(recipe, text.replace("def scale_by_caffe_adam(", "@twice\ndef scale_by_caffe_adam(")));
    }

    private static boolean isSame(Recipe recipe, String text) {
        return WrittenPrograms.read(JAX, "x.py", text)
                .filter(read -> WrittenPrograms.isSame(recipe, read))
                .isPresent();
    }

    @Test
    void theVerdictIsOfTheProgram() {
        assertTrue(WrittenPrograms.translated(SOLVER, JAX).comparison().isProven());
        Dialect spoiled = WrittenPrograms.spoiled(JAX, text -> text.replace("beta1=0.9", "beta1=0.8"));
        assertFalse(WrittenPrograms.translated(SOLVER, spoiled).comparison().isProven());
    }
}
