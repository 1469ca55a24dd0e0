package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.finding.Code;
import samestep.recipe.Recipe;
import samestep.recipe.Rounding;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** PyTorch programs that are written from the recordings of all frameworks, read by the reader of programs. */
class WrittenProgramsTest {
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();
    private static final ProofMemory MEMORY = new ProofMemory();

    private static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("fixtures/goldens"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** What a recording trains with; empty where it is refused, as some are to be. */
    private static Optional<Recipe> recipe(Path recording) throws IOException {
        return Recording.read(SourceReader.read(recording))
                .value()
                .flatMap(read -> read.recipe().value())
                .map(recipe -> Rounding.only(Rounding.nowhere(), recipe));
    }

    private static Optional<Recipe> read(String name, String text) {
        return PYTORCH.read(Input.of(new SourceText(name, text))).value();
    }

    /** How the program of a proposal differs from its document; empty where it does not. */
    private static Optional<String> difference(Proposal proposal) {
        Optional<Recipe> document = read("x.json", proposal.texts().getOrDefault("json", ""));
        Optional<Recipe> program = read("x.py", proposal.texts().getOrDefault("python", ""));
        if (document.isEmpty() || program.isEmpty()) {
            return document.isEmpty() ? Optional.of("the document is not read") : Optional.of("it is not read");
        }
        boolean same = Comparer.compare(document.get(), program.get(), Partners.byName(), MEMORY)
                .isProven();
        return same ? Optional.empty() : Optional.of("it says something else");
    }

    @Test
    void eachProgramSaysWhatItsDocumentSays() throws IOException {
        List<String> differences = new ArrayList<>();
        int programs = 0;
        for (Path file : recordings()) {
            Optional<Recipe> recipe = recipe(file);
            for (Proposal proposal : recipe.map(r -> PYTORCH.write(r, "python")).orElse(List.of())) {
                programs++;
                difference(proposal).ifPresent(why -> differences.add(file.getFileName() + ": " + why));
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(programs >= 816, "programs: " + programs);
    }

    /** Clips without the guard, by a function of ours; another text of that name is not the same function. */
    @Test
    void definitionsAreKnownByTheirWholeText() throws IOException {
        Path clipped = Path.of("fixtures/goldens/caffe/caffe-sgd-momentum-l2-clip.json");
        Recipe recipe = recipe(clipped).orElseThrow();
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
        return read("x.py", text)
                .filter(read -> Comparer.compare(recipe, read, Partners.byName(), MEMORY)
                        .isProven())
                .isPresent();
    }

    /** PyTorch, with a word of what it writes in Python replaced. */
    private static Dialect spoiled(String word, String by) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object result = method.invoke(PYTORCH, arguments);
            boolean writes = method.getName().equals("write") && arguments.length == 2;
            return writes
                    ? ((List<?>) result)
                            .stream().map(p -> spoiled((Proposal) p, word, by)).toList()
                    : result;
        };
        return (Dialect)
                Proxy.newProxyInstance(Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, handler);
    }

    private static Proposal spoiled(Proposal proposal, String word, String by) {
        Map<String, String> texts = new HashMap<>(proposal.texts());
        texts.computeIfPresent("python", (style, text) -> text.replace(word, by));
        return new Proposal(texts, proposal.written(), proposal.findings());
    }

    private static Translation translated(Dialect to) {
        String solver =
                "type: \"SGD\" base_lr: 0.02 lr_policy: \"fixed\" momentum: 0.9 weight_decay: 0.05 max_iter: 100\n";
        Dialect caffe = Dialects.named("caffe").orElseThrow();
        return new Translator(caffe, to)
                .translate(Input.of(new SourceText("solver.prototxt", solver)), "python")
                .value()
                .orElseThrow();
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
