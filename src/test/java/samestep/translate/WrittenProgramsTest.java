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
import samestep.finding.Code;
import samestep.recipe.Recipe;

/** PyTorch programs that are written from the recordings of all frameworks, read by the reader of programs. */
class WrittenProgramsTest {
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();
    private static final String SOLVER =
            "type: \"SGD\" base_lr: 0.02 lr_policy: \"fixed\" momentum: 0.9 weight_decay: 0.05 max_iter: 100\n";

    @Test
    void eachProgramSaysWhatItsDocumentSays() throws IOException {
        List<String> differences = new ArrayList<>();
        int programs = 0;
        for (Path file : WrittenPrograms.recordings()) {
            Optional<Recipe> recipe = WrittenPrograms.recipe(file);
            for (Proposal proposal : recipe.map(r -> PYTORCH.write(r, "python")).orElse(List.of())) {
                programs++;
                WrittenPrograms.difference(PYTORCH, proposal)
                        .ifPresent(why -> differences.add(file.getFileName() + ": " + why));
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(programs >= 816, "programs: " + programs);
    }

    /** Clips without the guard, by a function of Samestep; another text of that name is not the same function. */
    @Test
    void definitionsAreKnownByTheirWholeText() throws IOException {
        Path clipped = Path.of("fixtures/goldens/caffe/caffe-sgd-momentum-l2-clip.json");
        Recipe recipe = WrittenPrograms.recipe(clipped).orElseThrow();
        String text = PYTORCH.write(recipe, "python").get(1).texts().getOrDefault("python", "");
        assertTrue(text.contains("def clip_global_norm("), text);

        assertTrue(isSame(recipe, text));
        assertTrue(isSame(recipe, text.replace("\n", "\r\n")));
        assertFalse(
                isSame(recipe, text.replace("gradient.mul_(max_norm / norm)", "gradient.mul_(max_norm / norm / 2)")));
        assertFalse(isSame(recipe, text.replace("import torch\n", "import torch\n\ntorch = other\n")));
        assertFalse(isSame(recipe, text + "\n\ntorch = other\n"));
        assertFalse(isSame(recipe, text.replace("def clip_global_norm(", "@twice\ndef clip_global_norm(")));
    }

    private static boolean isSame(Recipe recipe, String text) {
        return WrittenPrograms.read(PYTORCH, "x.py", text)
                .filter(read -> WrittenPrograms.isSame(recipe, read))
                .isPresent();
    }

    private static Translation translated(Dialect to) {
        return WrittenPrograms.translated(SOLVER, to);
    }

    private static Dialect spoiled(String word, String by) {
        return WrittenPrograms.spoiled(PYTORCH, text -> text.replace(word, by));
    }

    @Test
    void theVerdictIsOfTheProgram() {
        assertTrue(translated(PYTORCH).comparison().isProven());
        assertFalse(
                translated(spoiled("momentum=0.9", "momentum=0.8")).comparison().isProven());
    }

    @Test
    void whereAProgramIsNotReadAWarningSaysSo() {
        Translation unread = translated(spoiled("torch.optim.SGD(", "other.SGD("));
        assertTrue(unread.findings().stream()
                .anyMatch(f -> f.code() == Code.SS010 && f.message().contains("is not read back")));
    }
}
