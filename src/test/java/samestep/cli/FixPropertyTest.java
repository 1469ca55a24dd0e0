package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import samestep.cli.CommandRunner.Result;

/**
 * A solver and its port, in which some numbers are wrong, in any layout of the file: --fix makes these numbers right, changes
 * no other byte, and nothing at all when it comes again.
 */
class FixPropertyTest {
    private static final Pattern NUMBER = Pattern.compile(
            "\"(l2|learning_rate|initial_learning_rate|momentum|beta_1|beta_2|decay_rate|decay_steps)\": ([0-9.e-]+)");

    /**
     * How the port is written.
     *
     * @param lineEnd between lines
     * @param mark at the start: a byte order mark, or nothing
     * @param indent for each level
     * @param last whether the last line has an end
     */
    private record Layout(String lineEnd, String mark, String indent, boolean last) {
        byte[] of(String text) {
            String laidOut = text.lines()
                    .map(line -> {
                        int blanks = line.length() - line.stripLeading().length();
                        return indent.repeat(blanks / 2) + line.stripLeading();
                    })
                    .reduce((a, b) -> a + lineEnd + b)
                    .orElseThrow();
            return (mark + laidOut + (last ? lineEnd : "")).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Provide
    Arbitrary<Layout> layouts() {
        return Combinators.combine(
                        Arbitraries.of("\n", "\r\n"),
                        Arbitraries.of("", "\uFEFF"),
                        Arbitraries.of("", "\t", "  ", "   "),
                        Arbitraries.of(true, false))
                .as(Layout::new);
    }

    @Provide
    Arbitrary<String> solvers() {
        Arbitrary<String> types = Arbitraries.of(
                "type: \"SGD\" momentum: 0.9",
                "type: \"SGD\" momentum: 0.95",
                "type: \"Nesterov\" momentum: 0.9",
                "type: \"Adam\" momentum: 0.9 momentum2: 0.999 delta: 1e-8");
        Arbitrary<String> rates = Arbitraries.of("0.01", "0.3", "1e-3", "0.0123");
        Arbitrary<String> policies = Arbitraries.of(
                "lr_policy: \"fixed\"",
                "lr_policy: \"step\" gamma: 0.1 stepsize: 1000",
                "lr_policy: \"exp\" gamma: 0.999");
        Arbitrary<String> decays = Arbitraries.of("0.0005", "1e-4", "0.002", "0.03");
        return Combinators.combine(types, rates, policies, decays)
                .as((type, rate, policy, decay) -> "net: \"net.prototxt\"\n" + type + "\nbase_lr: " + rate + "\n"
                        + policy + "\nweight_decay: " + decay + "\nmax_iter: 4000\n");
    }

    @Provide
    Arbitrary<List<Integer>> multipliers() {
        return Arbitraries.of(1, 2, 3).list().ofMinSize(1).ofMaxSize(3);
    }

    @Property(tries = 15)
    void wrongNumbersAreMendedAndNothingElseIsChanged(
            @ForAll("solvers") String solver,
            @ForAll("multipliers") List<Integer> decays,
            @ForAll("layouts") Layout layout,
            @ForAll int which)
            throws IOException {
        Path folder = Files.createTempDirectory("fix");
        try {
            Files.createDirectories(folder.resolve(".git"));
            Files.writeString(folder.resolve("solver.prototxt"), solver);
            Files.writeString(folder.resolve("net.prototxt"), net(decays));
            Files.writeString(
                    folder.resolve("samestep.yaml"),
                    // Some of the decays are unusual, on both sides: that is not what is asked here.
                    "pairs: {source: solver.prototxt, target: port.json}\nrules: {SS607: off}\n");
            Result translated =
                    CommandRunner.run(folder.resolve("solver.prototxt").toString(), "--to", "keras");
            assertEquals(0, translated.code(), translated.err());
            Path port = folder.resolve("port.json");
            byte[] right = layout.of(translated.out());
            byte[] wrong = layout.of(withWrongNumbers(translated.out(), which));
            Files.write(port, wrong);

            String[] fix = {"check", "--config", folder.resolve("samestep.yaml").toString(), "--fix", folder.toString()
            };
            Result fixed = CommandRunner.run(fix);
            String printed = fixed.out() + fixed.err();
            assertArrayEquals(right, Files.readAllBytes(port), () -> printed);
            Result again = CommandRunner.run(fix);
            assertEquals(0, again.code(), again.out() + again.err());
            assertArrayEquals(right, Files.readAllBytes(port), "done twice");
            assertEquals(net(decays), Files.readString(folder.resolve("net.prototxt")));
            assertEquals(solver, Files.readString(folder.resolve("solver.prototxt")));
        } finally {
            delete(folder);
        }
    }

    private static String net(List<Integer> decays) {
        StringBuilder net = new StringBuilder();
        for (int i = 0; i < decays.size(); i++) {
            net.append(String.format(
                    Locale.ROOT,
                    "layer { name: \"fc%d\" type: \"InnerProduct\" param { decay_mult: %d } param { decay_mult: 0 } }%n",
                    i,
                    decays.get(i)));
        }
        return net.append("layer { name: \"loss\" type: \"SoftmaxWithLoss\" bottom: \"fc0\" }\n")
                .toString();
    }

    /** Some numbers twice or half as large: those whose bit is set. */
    private static String withWrongNumbers(String port, int which) {
        int[] count = {0};
        return NUMBER.matcher(port).replaceAll(match -> {
            boolean changed = (which >> count[0]++ & 1) == 1;
            BigDecimal factor = new BigDecimal(match.group(1).equals("l2") ? "2" : "0.5");
            BigDecimal other = new BigDecimal(match.group(2)).multiply(factor).stripTrailingZeros();
            String written = changed ? other.toPlainString() : match.group(2);
            return Matcher.quoteReplacement("\"" + match.group(1) + "\": " + written);
        });
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
