package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import samestep.check.FileCheck;
import samestep.compare.proof.Partners;
import samestep.dialect.Companions;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.docs.Page.Block;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.report.FindingText;
import samestep.report.terminal.Screen;
import samestep.text.SourceText;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileRewriter;
import samestep.translate.Translator;

/**
 * Every code has its page, and every example on it is run: a block marked {@code prototxt solver}, with the
 * {@code prototxt net} after it if there is one, is translated to Keras, or to PyTorch with {@code pytorch} or one of
 * its styles after it, a block marked {@code json keras}, {@code json pytorch} or {@code yaml pytorch} is read;
 * {@code prototxt pipeline}, {@code yaml experiment} or {@code json calls} is read as TensorFlow's. The block
 * {@code bad}, of {@code python} too, is checked, one marked {@code good} must not give the code. The block
 * {@code text finding} shows the findings of the page's code. A page without an example says "*No example:* why".
 */
class FindingPagesTest {
    private static final Path FOLDER = Path.of("docs/findings");
    private static final String WITHOUT_EXAMPLE = "*No example:* ";
    private static final Dialect CAFFE = Dialects.named("caffe").orElseThrow();
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();
    private static final Dialect TENSORFLOW = Dialects.named("tensorflow").orElseThrow();

    /** The output of an example, and what the page shows of it. */
    private record Example(String shown, Block block) {}

    @ParameterizedTest
    @EnumSource
    void theTitleIsTheCodes(Code code) throws IOException {
        String title = page(code).text().lines().findFirst().orElse("");

        assertEquals("# " + code + ": " + code.title(), title);
    }

    @ParameterizedTest
    @EnumSource
    void theExamplesGiveIt(Code code) throws IOException {
        Page page = page(code);
        List<Example> examples = examples(page, code);
        boolean without = page.text().lines().anyMatch(line -> line.startsWith(WITHOUT_EXAMPLE));

        assertEquals(without, examples.isEmpty(), "an example, or a line that starts with " + WITHOUT_EXAMPLE);
        String expected = page.text();
        for (Example example : examples) {
            assertNotEquals(
                    "", example.shown(), page.path() + ":" + example.block().line() + " does not give " + code);
            expected = replaced(expected, example);
        }
        Page.assertIsCommitted(page.path(), expected);
    }

    @Test
    void noPageIsLeftOver() throws IOException {
        Set<String> known = Stream.concat(
                        Stream.of("README.md"), Arrays.stream(Code.values()).map(c -> c + ".md"))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(FOLDER)) {
            Set<String> found = files.map(file -> String.valueOf(file.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(known, found);
        }
    }

    @Test
    void theListHasEveryCodeWithItsSeverity() throws IOException {
        List<String> rows = Page.read(FOLDER.resolve("README.md"))
                .text()
                .lines()
                .filter(line -> line.startsWith("| [SS"))
                .toList();
        List<String> expected = Arrays.stream(Code.values())
                .map(c -> "| [" + c + "](" + c + ".md) | " + c.severity().label() + " | " + c.title() + " |")
                .toList();

        assertEquals(expected, rows);
    }

    private static Page page(Code code) throws IOException {
        Path path = FOLDER.resolve(code + ".md");
        assertTrue(Files.exists(path), "no page " + path);
        return Page.read(path);
    }

    private static List<Example> examples(Page page, Code code) {
        List<Example> examples = new ArrayList<>();
        List<Block> blocks = page.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Optional<String> net = i + 1 < blocks.size()
                    ? Optional.of(blocks.get(i + 1))
                            .filter(b -> b.info().equals("prototxt net"))
                            .map(Block::text)
                    : Optional.empty();
            Optional<List<Finding>> findings = blocks.get(i).info().equals("json keras onto") && i >= 2
                    ? Optional.of(onto(
                            blocks.get(i - 2).text(),
                            blocks.get(i - 1).text(),
                            blocks.get(i).text()))
                    : findings(blocks.get(i), net);
            boolean good = blocks.get(i).info().endsWith(" good");
            if (good) {
                assertTrue(
                        findings.orElseThrow().stream().noneMatch(f -> f.code() == code),
                        page.path() + ":" + blocks.get(i).line() + " is a good example");
            } else if (findings.isPresent()) {
                List<Finding> own =
                        findings.get().stream().filter(f -> f.code() == code).toList();
                examples.add(new Example(new FindingText(Screen.PLAIN).render(own), blocks.get(i)));
            }
        }
        return examples;
    }

    /** A solver, its net, and the model that is changed. */
    private static List<Finding> onto(String solver, String net, String model) {
        return ConfigurationFile.open(
                        new SourceText("solver.prototxt", solver),
                        Optional.of(new SourceText("net.prototxt", net)),
                        Optional.empty(),
                        Path.of(""))
                .then(file ->
                        new FileRewriter(file, KERAS, Partners.byName()).rewrite(new SourceText("model.json", model)))
                .findings();
    }

    private static Optional<List<Finding>> findings(Block block, Optional<String> net) {
        return switch (block.info()) {
            case "prototxt solver",
                    "prototxt solver pytorch",
                    "prototxt solver lightning",
                    "prototxt solver hf",
                    "prototxt solver timm" -> {
                Companions companions = reference -> new Companions.Search(
                        net.filter(text -> reference.equals("net.prototxt"))
                                .map(text -> new SourceText(reference, text)),
                        List.of(),
                        List.of());
                SourceText solver = new SourceText("solver.prototxt", block.text());
                Input input = new Input(solver, Optional.empty(), companions);
                String to = block.info().substring("prototxt solver".length()).strip();
                Dialect target = to.isEmpty() ? KERAS : PYTORCH;
                Translator translator = new Translator(CAFFE, target);
                yield Optional.of((to.isEmpty() || to.equals("pytorch")
                                ? translator.translate(input)
                                : translator.translate(input, to))
                        .findings());
            }
            case "prototxt bad", "prototxt good" -> {
                SourceText solver = new SourceText("solver.prototxt", block.text());
                Companions companions = reference ->
                        new Companions.Search(net.map(text -> new SourceText(reference, text)), List.of(), List.of());
                yield Optional.of(
                        FileCheck.check(new ConfigurationFile(CAFFE, new Input(solver, Optional.empty(), companions))));
            }
            case "json bad", "json good" -> {
                SourceText source = new SourceText("model.json", block.text());
                Dialect whose = Dialects.recognise(source).orElse(KERAS);
                yield Optional.of(FileCheck.check(new ConfigurationFile(whose, Input.of(source))));
            }
            case "python bad", "python good" ->
                Optional.of(new FileCheck(Path.of(""))
                        .check(new SourceText("train.py", block.text()))
                        .orElse(List.of()));
            case "yaml bad", "yaml good" ->
                Optional.of(new FileCheck(Path.of(""))
                        .check(new SourceText("config.yaml", block.text()))
                        .orElse(List.of()));
            case "json pytorch" ->
                Optional.of(PYTORCH.read(Input.of(new SourceText("port.json", block.text())))
                        .findings());
            case "yaml pytorch" ->
                Optional.of(PYTORCH.read(Input.of(new SourceText("config.yaml", block.text())))
                        .findings());
            case "json keras" ->
                Optional.of(KERAS.read(Input.of(new SourceText("model.json", block.text())))
                        .findings());
            case "prototxt pipeline" -> Optional.of(tensorflow("pipeline.config", block));
            case "yaml experiment" -> Optional.of(tensorflow("experiment.yaml", block));
            case "json calls" -> Optional.of(tensorflow("calls.json", block));
            case "prototxt solver to tensorflow" -> {
                Input input = Input.of(new SourceText("solver.prototxt", block.text()));
                yield Optional.of(
                        new Translator(CAFFE, TENSORFLOW).translate(input).findings());
            }
            default -> Optional.empty();
        };
    }

    private static List<Finding> tensorflow(String name, Block block) {
        return TENSORFLOW.read(Input.of(new SourceText(name, block.text()))).findings();
    }

    /** The page with what an example gives in the block of findings after it. */
    private static String replaced(String page, Example example) {
        String fence = "```text finding\n";
        int line = 1;
        int from = 0;
        while (line < example.block().line()) {
            from = page.indexOf('\n', from) + 1;
            line++;
        }
        int start = page.indexOf(fence, from);
        assertTrue(start >= 0, "no block \"text finding\" behind line " + line);
        int inside = start + fence.length();
        return page.substring(0, inside) + example.shown() + page.substring(page.indexOf("```", inside));
    }
}
