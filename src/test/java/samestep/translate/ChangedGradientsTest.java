package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;

/** Programs that change gradients, losses, weights or rates by themselves, held against one that does not. */
class ChangedGradientsTest {
    private static final Path FOLDER = Path.of("fixtures/programs/gradients");

    private static List<Path> programs(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    static List<Path> changed() throws IOException {
        return programs("changed");
    }

    static List<Path> same() throws IOException {
        return programs("same");
    }

    private static Optional<Recipe> recipe(Path program) throws IOException {
        return Dialects.named("pytorch")
                .orElseThrow()
                .read(Input.of(SourceReader.read(program)))
                .value();
    }

    private static boolean isExact(Path program, Path other) throws IOException {
        Optional<Recipe> first = recipe(program);
        Optional<Recipe> second = recipe(other);
        return first.isPresent()
                && second.isPresent()
                && Comparer.compare(first.get(), second.get(), Partners.byName(), new ProofMemory())
                        .isProven();
    }

    @ParameterizedTest
    @MethodSource("changed")
    void isNotExact(Path program) throws IOException {
        assertEquals(false, isExact(FOLDER.resolve("plain.py"), program));
        assertEquals(false, isExact(program, FOLDER.resolve("plain.py")));
    }

    /** What is not read is the same in the same text; of a rate that is not known no verdict on recipes is exact. */
    @ParameterizedTest
    @MethodSource("changed")
    void isTheSameAsItself(Path program) throws IOException {
        boolean isRateKnown = !program.endsWith("rate_set_elsewhere.py");
        assertEquals(recipe(program).isPresent() && isRateKnown, isExact(program, program));
    }

    @ParameterizedTest
    @MethodSource("same")
    void isExact(Path program) throws IOException {
        assertEquals(true, isExact(FOLDER.resolve("plain.py"), program));
    }
}
