package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each line of docs/mistakes.md: the page is the list of what is tried, and of what has to be answered. */
class MistakesPageTest {
    private static final Pattern ROW = Pattern.compile("\\| `translate (.*?)` \\| (\\d+) \\| (.*) \\|");
    private static final String SOLVER = """
        net: "net.prototxt"
        base_lr: 0.01
        momentum: 0.9
        weight_decay: 0.0005
        lr_policy: "fixed"
        max_iter: 100
        """;
    private static final String NET = """
        name: "net"
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 4 } } }
        layer { name: "fc1" type: "InnerProduct" bottom: "data" top: "fc1" inner_product_param { num_output: 3 } }
        """;

    @TempDir
    private static Path folder;

    /** A line of the table. */
    record Mistake(String typed, int exit, String answer) {}

    @BeforeAll
    static void files() throws IOException {
        write("solver.prototxt", SOLVER);
        write("net.prototxt", NET);
        write("typo.prototxt", SOLVER.replace("momentum", "momentun"));
        write("type.prototxt", SOLVER + "type: \"Adm\"\n");
        write("momentum.prototxt", SOLVER.replace("0.9", "1.5"));
        write("empty.prototxt", "");
        write("blank.json", "\n  \n");
        write("train.py", "print(1)\n");
        // One byte a character: 0xF7 alone is not UTF-8.
        write("latin.prototxt", "base_lr: 0.1\nlr_policy: \"\u00f7\"\n");
        write("weights.caffemodel", "\n\u0007\u00f7\u00f0\u0000abc");
        Files.createDirectory(folder.resolve("folder"));
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    static Stream<Mistake> mistakes() throws IOException {
        return Files.readAllLines(Path.of("docs/mistakes.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Mistake(row.group(1), Integer.parseInt(row.group(2)), row.group(3)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isAnsweredAsThePageSays(Mistake mistake) {
        String[] arguments = Arrays.stream(mistake.typed().split(" "))
                .map(MistakesPageTest::place)
                .toArray(String[]::new);
        CommandRunner.Result result = CommandRunner.run(arguments);
        String said = (result.out() + result.err()).replace(folder + "/", "");

        assertEquals(mistake.exit(), result.code(), said);
        assertTrue(said.contains(mistake.answer()), said);
    }

    /** No line of the table is passed over because it is written in another form. */
    @Test
    void everyLineOfTheTableIsRun() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/mistakes.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertEquals(rows.size(), mistakes().count());
        assertTrue(rows.size() > 30, rows.size() + " lines");
    }

    private static String place(String word) {
        boolean file = word.matches("[a-z]+\\.(prototxt|json|py|caffemodel)|folder|none/.*");
        return file ? folder.resolve(word).toString() : word;
    }
}
