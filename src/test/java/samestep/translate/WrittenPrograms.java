package samestep.translate;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.setting.SettingComparison;
import samestep.compare.setting.SettingRow;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.recipe.Recipe;
import samestep.recipe.Rounding;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Programs that a framework's writer makes of the recordings, and what its reader makes of them. */
final class WrittenPrograms {
    private static final ProofMemory MEMORY = new ProofMemory();

    private WrittenPrograms() {}

    /** All recordings. */
    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("fixtures/goldens"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** What a recording trains with; empty where it is refused, as some are to be. */
    static Optional<Recipe> recipe(Path recording) throws IOException {
        return Recording.read(SourceReader.read(recording))
                .value()
                .flatMap(read -> read.recipe().value())
                .map(recipe -> Rounding.only(Rounding.nowhere(), recipe));
    }

    static Optional<Recipe> read(Dialect dialect, String name, String text) {
        return dialect.read(Input.of(new SourceText(name, text))).value();
    }

    /** How the program of a proposal differs from its document; empty where it does not. */
    static Optional<String> difference(Dialect dialect, Proposal proposal) {
        Optional<Recipe> document = read(dialect, "x.json", proposal.texts().getOrDefault("json", ""));
        Optional<Recipe> program = read(dialect, "x.py", proposal.texts().getOrDefault("python", ""));
        if (document.isEmpty() || program.isEmpty()) {
            return document.isEmpty() ? Optional.of("the document is not read") : Optional.of("it is not read");
        }
        if (!isSame(document.get(), program.get())) {
            return Optional.of("it says something else");
        }
        return Optional.empty();
    }

    /** The settings that the program of a proposal does not say as its document does. */
    static List<String> settings(Dialect dialect, Proposal proposal) {
        Recipe document = read(dialect, "x.json", proposal.texts().getOrDefault("json", ""))
                .orElseThrow();
        Recipe program = read(dialect, "x.py", proposal.texts().getOrDefault("python", ""))
                .orElseThrow();
        return SettingComparison.of(document.allSettings(), program.allSettings(), Partners.byName()).rows().stream()
                .filter(row -> row.status() != SettingRow.Status.SAME)
                .map(row -> row.kind() + " " + row.owners() + " " + row.status())
                .toList();
    }

    /** Whether two trainings are proven to be the same. */
    static boolean isSame(Recipe first, Recipe second) {
        return Comparer.compare(first, second, Partners.byName(), MEMORY).isProven();
    }

    /** A framework whose printer of Python has a fault. */
    static Dialect spoiled(Dialect dialect, UnaryOperator<String> fault) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object result;
            try {
                result = method.invoke(dialect, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            boolean writes = method.getName().equals("write") && arguments.length == 2;
            return writes
                    ? ((List<?>) result)
                            .stream().map(p -> spoiled((Proposal) p, fault)).toList()
                    : result;
        };
        return (Dialect)
                Proxy.newProxyInstance(Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, handler);
    }

    private static Proposal spoiled(Proposal proposal, UnaryOperator<String> fault) {
        Map<String, String> texts = new HashMap<>(proposal.texts());
        texts.computeIfPresent("python", (style, text) -> fault.apply(text));
        return new Proposal(texts, proposal.written(), proposal.findings());
    }

    /** A solver of Caffe as a Python program of a framework. */
    static Translation translated(String solver, Dialect to) {
        Dialect caffe = Dialects.named("caffe").orElseThrow();
        return new Translator(caffe, to)
                .translate(Input.of(new SourceText("solver.prototxt", solver)), "python")
                .value()
                .orElseThrow();
    }
}
