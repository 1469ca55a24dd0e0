package samestep.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.equation.EquationResources;
import samestep.equation.EquationResources.EquationFile;
import samestep.equation.Equations;
import samestep.equation.parse.EquationParser;

/** What the header of each equation file says is what its equations do. */
class TraitProbeTest {

    static List<EquationFile> files() throws IOException {
        return EquationResources.all();
    }

    @Test
    void thereAreFiles() throws IOException {
        assertTrue(files().size() >= 11);
    }

    @ParameterizedTest
    @MethodSource("files")
    void theHeaderSaysWhatTheEquationsDo(EquationFile file) {
        assertEquals(List.of(), complaints(file.equations()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileIsCalledAsTheOptimizer(EquationFile file) {
        assertEquals(
                file.name().replace('/', '.').replaceAll("\\.eq$", ""),
                file.equations().name());
    }

    /** Whatever else a header of a shipped file could say, it would be found to be wrong. */
    @ParameterizedTest
    @MethodSource("files")
    void everyOtherHeaderIsRefused(EquationFile file) {
        List<String> words = List.of(
                "learning rate: inside the velocity",
                "learning rate: outside the state",
                "epsilon: inside the root",
                "epsilon: outside the root",
                "epsilon: outside the root, before the bias correction",
                "epsilon: inside both roots",
                "state: starts at 0",
                "state: starts at initial_accumulator");
        for (String other : words) {
            String subject = other.substring(0, other.indexOf(':'));
            String text = file.text().replaceFirst("trait " + subject + ":.*", "trait " + other);
            boolean same = file.text().contains("trait " + other + "\n");
            boolean has = file.text().contains("trait " + subject + ":");
            if (has && !same) {
                assertFalse(
                        complaints(EquationParser.parseOwn("changed.eq", text)).isEmpty(), other);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"trait epsilon", "trait learning rate", "trait state", "source", "family"})
    void aHeaderThatIsMissingIsMissed(String header) throws IOException {
        EquationFile adam = files().stream()
                .filter(f -> f.name().equals("caffe/Adam.eq"))
                .findFirst()
                .orElseThrow();
        String without = adam.text().replaceFirst("(?m)^" + header + "\\b.*\n", "");
        assertFalse(complaints(EquationParser.parseOwn("changed.eq", without)).isEmpty());
    }

    /** Equations that no shipped file has, to see that the probe tells them apart. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            epsilon       ; outside the root ; m / (sqrt(v) / sqrt(1 - pow(beta2, k)) + epsilon) / (1 - pow(beta1, k))
            epsilon       ; outside the root, before the bias correction ; \
            sqrt(1 - pow(beta2, k)) / (1 - pow(beta1, k)) * m / (sqrt(v) + epsilon)
            epsilon       ; inside the root ; m / sqrt(v / (1 - pow(beta2, k)) + epsilon) / (1 - pow(beta1, k))
            learning rate ; outside the state ; m * 0 + g / sqrt(v + beta1 + epsilon)
            """)
    void formsOfAdamAreToldApart(String subject, String words, String update) {
        Equations equations = EquationParser.parseOwn("test.eq", """
                optimizer test
                hyper beta1
                hyper beta2
                hyper epsilon
                state m = 0
                state v = 0
                m = beta1 * m + (1 - beta1) * g
                v = beta2 * v + (1 - beta2) * g * g
                w = w - eta *\s""" + update);
        assertEquals(words, new TraitProbe(equations).words(subject));
    }

    private static List<String> complaints(Equations equations) {
        List<String> complaints = new ArrayList<>();
        if (equations.source().isEmpty() || equations.family().isEmpty()) {
            complaints.add("a file says its source and its family");
        }
        for (String subject : List.of("learning rate", "epsilon", "state")) {
            boolean needed = subject.equals("state")
                    ? !equations.states().isEmpty()
                    : !subject.equals("epsilon") || equations.hyper("epsilon").isPresent();
            if (needed && !equations.traits().containsKey(subject)) {
                complaints.add("no trait about the " + subject);
            }
        }
        TraitProbe probe = new TraitProbe(equations);
        equations.traits().forEach((subject, words) -> {
            String found = probe.words(subject);
            if (!found.equals(words)) {
                complaints.add(subject + ": says \"" + words + "\", does \"" + found + "\"");
            }
        });
        return complaints;
    }
}
