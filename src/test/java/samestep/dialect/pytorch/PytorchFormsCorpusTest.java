package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.translate.NetLookup;

/** Every collected configuration of training with PyTorch is read, or is named as none. */
class PytorchFormsCorpusTest {
    private static final Path CORPUS = Path.of("../shared/corpus");
    private static final List<String> FOLDERS = List.of(
            "pytorch-yaml",
            "other-frameworks/hf",
            "other-frameworks/timm",
            "other-frameworks/detectron2",
            "other-frameworks/lightning");

    @Test
    void everyFileIsReadOrNamed() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "the collected files are not beside this checkout");
        Dialect pytorch = Dialects.named("pytorch").orElseThrow();
        Map<String, Integer> counts = new TreeMap<>();
        List<String> refused = new ArrayList<>();
        List<String> none = new ArrayList<>();
        for (Path file : files()) {
            SourceText source = SourceReader.read(file);
            String folder =
                    CORPUS.relativize(file).toString().replaceAll("/[^/]*$", "").replaceAll("(/[^/]+/[^/]+)/.*", "$1");
            Path parent = file.toAbsolutePath().normalize().resolveSibling("");
            Outcome<Recipe> outcome =
                    pytorch.read(new Input(source, java.util.Optional.empty(), new NetLookup(parent, parent)));
            String form = PytorchForms.of(source).map(PytorchForm::describes).orElse("-");
            String what = outcome.value().isPresent()
                    ? "read as " + form
                    : outcome.findings().stream().anyMatch(f -> f.code() == Code.SS008)
                            ? "not a training configuration"
                            : outcome.findings().stream().anyMatch(f -> f.code() == Code.SS001)
                                    ? "not YAML"
                                    : "refused";
            counts.merge(folder + ": " + what, 1, Integer::sum);
            assertEquals(outcome.value().isEmpty(), outcome.hasErrors(), file.toString());
            if (what.equals("refused")) {
                refused.add(file + ": "
                        + outcome.findings().stream()
                                .filter(f -> f.severity() == Severity.ERROR)
                                .map(f -> f.code() + " " + f.message())
                                .toList());
            } else if (what.startsWith("not")) {
                none.add(CORPUS.relativize(file).toString());
            }
        }
        counts.forEach((what, count) -> System.out.println("corpus " + what + ": " + count));
        none.forEach(file -> System.out.println("corpus none: " + file));
        refused.forEach(file -> System.out.println("corpus refused: " + file));
        assertEquals(List.of(), refused);
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> walk = Files.walk(CORPUS.resolve(folder))) {
                walk.filter(Files::isRegularFile)
                        .filter(file -> !file.getFileName().toString().equals("SOURCES.tsv"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        assertTrue(files.size() > 400, "only " + files.size() + " files");
        return files;
    }
}
