package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.Comparison;
import samestep.Configuration;
import samestep.Edit;
import samestep.Finding;
import samestep.Recipe;
import samestep.Rewriting;
import samestep.Samestep;

/** Laws of proposed edits, over pairs of files of different forms: an edit never leads away, and is proposed once. */
class EditsBetweenFormsTest {
    private static final Path FOLDER = Path.of("fixtures/ledgers");
    private static final int APART = 101;
    private final Samestep samestep = new Samestep();

    /** Every {@value #APART}th pair of all; the step is prime, so that every form meets others. */
    static Stream<List<Path>> pairs() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(FOLDER)) {
            Samestep reader = new Samestep();
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> reader.read(file).recipe().isPresent())
                    .sorted()
                    .toList();
        }
        assertTrue(files.size() > 60, () -> files.size() + " files");
        int count = files.size();
        return IntStream.iterate(0, i -> i < count * count, i -> i + APART)
                .mapToObj(i -> List.of(files.get(i / count), files.get(i % count)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void editsLeadToTheSource(List<Path> pair) throws IOException {
        Configuration source = samestep.read(pair.get(0));
        Path target = pair.get(1);
        Comparison before = samestep.compare(source, samestep.read(target));
        List<Edit> edits = certain(before, target);
        if (edits.isEmpty()) {
            return;
        }
        Configuration changed = samestep.read(target.toString(), Edit.apply(Files.readString(target), edits));
        assertTrue(changed.recipe().isPresent(), () -> "unreadable after " + edits + words(changed));
        Comparison after = samestep.compare(source, changed);
        assertTrue(
                after.differences().size() <= before.differences().size(),
                () -> "more differences after " + edits + ": " + after.differences());
        Optional<Double> far = distance(source, samestep.read(target));
        Optional<Double> farAfter = distance(source, changed);
        if (far.isPresent() && farAfter.isPresent()) {
            assertTrue(farAfter.get() <= far.get() + 1e-9, () -> "the rate is farther away after " + edits);
        }
        assertEquals(List.of(), certain(after, target), "proposed once more");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void rewritingReadsBackAndIsDoneOnce(List<Path> pair) throws IOException {
        Configuration source = samestep.read(pair.get(0));
        String name = pair.get(1).toString();
        String text = Files.readString(pair.get(1));
        Rewriting once = samestep.rewrite(source, name, text, Map.of());
        if (once.edits().isEmpty()) {
            return;
        }
        String written = Edit.apply(text, once.edits());
        Configuration back = samestep.read(name, written);
        assertTrue(back.recipe().isPresent(), () -> "unreadable:\n" + written + words(back));
        assertEquals(
                once.comparison().verdict().kind(),
                samestep.compare(source, back).verdict().kind(),
                "the verdict that was said, and that of what was written");
        assertEquals(
                List.of(),
                samestep.rewrite(source, name, written, Map.of()).edits(),
                () -> "written once more, into\n" + written);
    }

    private static List<Edit> certain(Comparison comparison, Path target) {
        return comparison.edits().stream()
                .filter(edit -> edit.certainty() == Edit.Certainty.EXACT)
                .filter(edit -> edit.place().file().equals(target.toString()))
                .toList();
    }

    private static String words(Configuration configuration) {
        return configuration.findings().stream().map(Finding::message).toList().toString();
    }

    /** The mean difference of the rates, as a share of the larger one, at eight updates of the shorter run. */
    private static Optional<Double> distance(Configuration one, Configuration other) {
        Recipe a = one.recipe().orElseThrow();
        Recipe b = other.recipe().orElseThrow();
        long end = Math.min(a.updates().orElse(100_000), b.updates().orElse(100_000));
        try {
            return Optional.of(LongStream.range(0, 8)
                    .map(i -> i * (end - 1) / 7)
                    .mapToDouble(update -> apart(
                            a.learningRate(update).doubleValue(),
                            b.learningRate(update).doubleValue()))
                    .average()
                    .orElse(0));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static double apart(double x, double y) {
        return x == y ? 0 : Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y));
    }
}
