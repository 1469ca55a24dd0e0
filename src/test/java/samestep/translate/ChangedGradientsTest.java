package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    /** Their rates are computed in the graph, or by a scheduler that is stepped before the optimizer: they are not known. */
    private static final Set<String> OF_UNKNOWN_RATE = Set.of(
            "before.py",
            "before_optimizer.py",
            "schedule_cond.py",
            "schedule_max.py",
            "schedule_placeholder.py",
            "schedule_step_times.py",
            "schedule_variable.py");

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private static List<Path> programs(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(f -> folder(f).endsWith(folder) && Files.isRegularFile(f))
                    .sorted()
                    .toList();
        }
    }

    private static Path plain(Path program) {
        return folder(program).resolveSibling("plain.py");
    }

    static List<Path> changed() throws IOException {
        return programs("changed");
    }

    static List<Path> same() throws IOException {
        return programs("same");
    }

    private static Optional<Recipe> recipe(Path program) throws IOException {
        String framework = FOLDER.relativize(program).getName(0).toString();
        return Dialects.named(framework)
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
        assertEquals(false, isExact(plain(program), program));
        assertEquals(false, isExact(program, plain(program)));
    }

    /** What is not read is the same in the same text; of a rate that is not known no verdict on recipes is exact. */
    @ParameterizedTest
    @MethodSource("changed")
    void isTheSameAsItself(Path program) throws IOException {
        String name = program.getFileName().toString();
        boolean isRateKnown = !name.startsWith("rate_") && !OF_UNKNOWN_RATE.contains(name);
        assertEquals(recipe(program).isPresent() && isRateKnown, isExact(program, program));
    }

    @ParameterizedTest
    @MethodSource("same")
    void isExact(Path program) throws IOException {
        assertEquals(true, isExact(plain(program), program));
    }
}
