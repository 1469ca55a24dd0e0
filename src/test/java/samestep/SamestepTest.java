package samestep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.Finding.Severity;

/** The public API does what the command line does, and bad input is a value. */
class SamestepTest {
    private static final Path LENET = Path.of("fixtures/lenet/solver.prototxt");
    private static final Path ALEXNET = Path.of("fixtures/alexnet/solver.prototxt");
    private static final Framework KERAS = Framework.named("keras").orElseThrow();
    private static final Framework CAFFE = Framework.named("caffe").orElseThrow();

    private final Samestep samestep = new Samestep();

    @Test
    void translates() {
        Translation translation = samestep.translate(samestep.read(LENET), KERAS);
        assertTrue(translation.comparison().isProven());
        assertTrue(translation.text().orElseThrow().contains("\"l2\": 0.00025"));
        assertTrue(translation.text("python").orElseThrow().contains("L2(l2=0.00025)"));
        assertEquals(Optional.empty(), translation.text("yaml"));
    }

    @Test
    void whatIsWrittenIsReadAndTheSame() {
        Configuration solver = samestep.read(LENET);
        String text = samestep.translate(solver, KERAS).text().orElseThrow();
        Configuration port = samestep.read("port.json", text);
        assertEquals(Optional.of(KERAS), port.framework());
        assertTrue(samestep.compare(solver, port).isProven());
        String copied = text.replace("0.00025", "0.0005");
        Comparison verbatim = samestep.compare(solver, samestep.read("verbatim.json", copied));
        assertEquals(text, Edit.apply(copied, verbatim.edits()));
        assertEquals(Verdict.Kind.INEXACT, verbatim.verdict().kind());
        assertEquals(Verdict.Kind.EXACT, verbatim.learningRate().kind());
        assertTrue(verbatim.drift().orElseThrow() > 0);
    }

    @Test
    void changesADocument() throws IOException {
        String model = Files.readString(Path.of("fixtures/porting/model.json"));
        Rewriting rewriting = samestep.rewrite(samestep.read(LENET), "model.json", model, Map.of("fc2", "dense"));
        assertTrue(rewriting.comparison().isProven(), rewriting.findings().toString());
        assertEquals(Optional.empty(), rewriting.beside());
        String changed = Edit.apply(model, rewriting.edits());
        Configuration mine = samestep.read("model.json", changed);
        Rewriting back = samestep.rewrite(
                mine, "net.prototxt", Files.readString(Path.of("fixtures/lenet/net.prototxt")), Map.of("dense", "fc2"));
        assertEquals(List.of(), back.edits(), "the net says it already");
        assertTrue(back.beside().orElseThrow().contains("weight_decay: 0.0005"));
        assertTrue(back.comparison().isProven());
        assertTrue(
                samestep.rewrite(mine, "notes.txt", "nothing", Map.of()).edits().isEmpty());
    }

    @Test
    void pythonSaysMoreThanJson() {
        Configuration alexnet = samestep.read(ALEXNET);
        assertFalse(samestep.translate(alexnet, KERAS).comparison().isProven());
        Translation python = samestep.translate(alexnet, KERAS, "python");
        assertTrue(python.comparison().isProven());
        assertTrue(python.text("python").orElseThrow().contains("rates={\"conv1/bias\": 2.0"));
    }

    @Test
    void anEditIsOfOneText() {
        String text = "base_lr: 0.02\nlr_policy: \"fixed\"\n";
        Configuration one = samestep.read("one.prototxt", text.replace("0.02", "0.01"));
        List<Edit> edits =
                samestep.compare(one, samestep.read("two.prototxt", text)).edits();
        assertEquals(
                List.of("two.prototxt:1:10: write 0.01 for 0.02"),
                edits.stream().map(Edit::toString).toList());
        assertEquals(text.replace("0.02", "0.01"), Edit.apply(text, edits));
        assertThrows(IllegalArgumentException.class, () -> Edit.apply("base_lr: 0.3", edits));
        assertThrows(IllegalArgumentException.class, () -> Edit.apply(text, List.of(edits.get(0), edits.get(0))));
    }

    @Test
    void editsAreWrittenIntoTheFileThatTheyAreOf(@TempDir Path folder) throws IOException {
        String text = "\uFEFFbase_lr: 0.02  # \u00e4\r\nlr_policy: \"fixed\"\r\n";
        Path file = Files.writeString(folder.resolve("two.prototxt"), text);
        Configuration one = samestep.read("one.prototxt", text.replace("0.02", "0.01"));
        List<Edit> edits = samestep.compare(one, samestep.read(file)).edits();
        assertEquals(1, edits.size());
        assertThrows(IllegalArgumentException.class, () -> samestep.write(file, List.of(edits.get(0), edits.get(0))));
        assertEquals(List.of(), samestep.write(file, List.of()));
        assertEquals(text, Files.readString(file));
        assertEquals(List.of(), samestep.write(file, edits));
        assertEquals(text.replace("0.02", "0.01"), Files.readString(file));

        List<Finding> again = samestep.write(file, edits);
        assertEquals(List.of("SS803"), again.stream().map(Finding::code).toList());
        List<Finding> gone = samestep.write(folder.resolve("gone.prototxt"), edits);
        assertEquals(List.of("SS002"), gone.stream().map(Finding::code).toList());
        assertEquals(text.replace("0.02", "0.01"), Files.readString(file));
    }

    @Test
    void editsAreWrittenIntoAnArchive(@TempDir Path folder) throws IOException {
        Path archive = folder.resolve("digits.keras");
        Files.copy(Path.of("fixtures/keras/digits.keras"), archive);
        String model;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            model = new String(zip.getInputStream(zip.getEntry("config.json")).readAllBytes(), StandardCharsets.UTF_8);
        }
        Configuration other = samestep.read("other.json", model.replace("0.00025", "0.125"));
        List<Edit> edits = samestep.compare(other, samestep.read(archive)).edits();
        assertFalse(edits.isEmpty());
        assertEquals(List.of(), samestep.write(archive, edits));
        assertTrue(samestep.compare(other, samestep.read(archive)).isProven());
    }

    @Test
    void groupsNameTheirParameters() {
        Comparison comparison =
                samestep.translate(samestep.read(ALEXNET), KERAS).comparison();
        assertEquals(Verdict.Kind.NOT_EXPRESSIBLE, comparison.verdict().kind());
        List<String> exact = comparison.groups().stream()
                .filter(group -> group.verdict().isProven())
                .flatMap(group -> group.parameters().stream())
                .toList();
        assertEquals(8, exact.size());
        assertTrue(exact.contains("conv1 kernel"), exact::toString);
    }

    @Test
    void aRecipeSaysWhatHappensToEachParameter() {
        Recipe recipe = samestep.read(ALEXNET).recipe().orElseThrow();
        Recipe.Parameter bias = recipe.parameters().stream()
                .filter(p -> p.layer().equals("conv1") && p.role().equals("bias"))
                .findFirst()
                .orElseThrow();
        assertEquals(0, bias.rateMultiplier().compareTo(BigDecimal.valueOf(2)));
        assertEquals(0, bias.l2().signum());
        Recipe.Parameter kernel = recipe.parameters().get(0);
        assertEquals(0, kernel.l2().compareTo(new BigDecimal("0.0005")));
        assertEquals(0, kernel.l1().signum());
        assertFalse(kernel.frozen());
        assertEquals(0, recipe.learningRate(0).compareTo(new BigDecimal("0.01")));
        assertEquals(0, recipe.learningRate(100_000).compareTo(new BigDecimal("0.001")));
        assertEquals(OptionalLong.of(450_000), recipe.updates());
        assertEquals(1, recipe.batchesPerUpdate());
    }

    @Test
    void aPlaceIsCountedAsEditorsDo() {
        Configuration solver = samestep.read("solver.prototxt", "base_lr: 0.1\n  lr_polcy: \"fixed\"\n");
        Finding finding = solver.findings().stream()
                .filter(f -> f.code().equals("SS003"))
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.of(new Finding.Place("solver.prototxt", 2, 3)), finding.place());
        assertEquals(Severity.ERROR, finding.severity());
        assertTrue(finding.toString().startsWith("solver.prototxt:2:3: error: "), finding::toString);
        assertTrue(finding.details().toString().contains("lr_policy"), finding::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixtures", "no/such/file.prototxt", "pom.xml"})
    void whatCannotBeReadIsAValue(String file) {
        Configuration configuration = samestep.read(Path.of(file));
        assertEquals(Optional.empty(), configuration.recipe());
        assertEquals(1, configuration.findings().size());
        assertEquals(Severity.ERROR, configuration.findings().get(0).severity());
        Translation translation = samestep.translate(configuration, KERAS);
        assertEquals(Optional.empty(), translation.text());
        assertEquals(configuration.findings(), translation.findings());
        assertEquals(Verdict.Kind.UNKNOWN, translation.comparison().verdict().kind());
        Comparison comparison = samestep.compare(samestep.read(LENET), configuration);
        assertEquals(new Verdict(Verdict.Kind.UNKNOWN, file + " could not be read"), comparison.verdict());
        assertFalse(comparison.isProven());
    }

    @Test
    void anErrorInAFileIsAValue() {
        Configuration configuration = samestep.read("solver.prototxt", "base_lr: \"abc\"\nlr_policy: \"fixed\"\n");
        assertEquals(Optional.empty(), configuration.recipe());
        Translation translation = samestep.translate(configuration, KERAS);
        assertEquals(Optional.empty(), translation.text());
        assertEquals(Verdict.Kind.UNKNOWN, translation.comparison().verdict().kind());
        assertTrue(translation.findings().stream().anyMatch(f -> f.code().equals("SS004")));
    }

    @Test
    void onlyWhatIsWrittenCanBeAskedFor() {
        Configuration solver = samestep.read(LENET);
        Framework unknown = new Framework("nothing", "Nothing", List.of());
        assertThrows(IllegalArgumentException.class, () -> samestep.translate(solver, unknown));
        assertThrows(IllegalArgumentException.class, () -> samestep.translate(solver, KERAS, "yaml"));
        if (CAFFE.styles().isEmpty()) {
            assertThrows(IllegalArgumentException.class, () -> samestep.translate(solver, CAFFE));
        }
    }

    @Test
    void aModelMayBeGiven() {
        Path bare = Path.of("fixtures/lenet/net.prototxt");
        Configuration given = samestep.read(LENET, bare);
        Configuration found = samestep.read(LENET);
        assertEquals(
                found.recipe().orElseThrow().parameters(),
                given.recipe().orElseThrow().parameters());
        Configuration wrong = samestep.read(LENET, Path.of("no-net.prototxt"));
        assertEquals(Optional.empty(), wrong.recipe());
    }

    @Test
    void explainsWhatAConfigurationDoes() {
        Explanation explanation = samestep.explain(samestep.read(LENET));
        Explanation.Update first = explanation.updates().get(0);
        assertTrue(first.parameters().contains("conv1 kernel"), first.toString());
        assertTrue(first.equations().contains("g = g + 0.0005 * w"), first.toString());
        assertEquals(List.of("v = 0"), first.starts());
        Explanation.Value decay = explanation.values().stream()
                .filter(value -> value.name().equals("L2 in the gradient"))
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.of(new BigDecimal("0.0005")), decay.number());
        assertTrue(decay.place().orElseThrow().file().endsWith("solver.prototxt"));
        assertEquals(0.01, explanation.rates().get(0).rate());
        Explanation unread = samestep.explain(samestep.read("notes.txt", "nothing"));
        assertEquals(List.of(), unread.updates());
        assertEquals("SS008", unread.findings().get(0).code());
    }

    @Test
    void checksARepositoryWithItsSettings(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve("solver.prototxt"), "base_lr: 0.01\nlr_policy: \"fixed\"\nmax_iter: 10\n");
        Files.writeString(folder.resolve("other.prototxt"), "base_lr: 0.02\nlr_policy: \"fixed\"\nmax_iter: 10\n");
        Files.writeString(
                folder.resolve("samestep.yaml"),
                "version: 1\npairs:\n  - source: solver.prototxt\n    target: other.prototxt\n");
        Samestep here = new Samestep(folder);
        Check check = here.check(List.of(Path.of("")));
        assertEquals(2, check.files());
        assertEquals(1, check.pairs());
        assertTrue(check.fails());
        Finding rate = check.findings().stream()
                .filter(finding -> !finding.edits().isEmpty())
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(), here.write(folder.resolve("other.prototxt"), rate.edits()));
        assertFalse(here.check(List.of(Path.of(""))).findings().stream()
                .anyMatch(f -> f.code().equals(rate.code())));
        // What an editor holds, in the place of the file.
        String edited = Files.readString(folder.resolve("other.prototxt")).replace("0.01", "0.03");
        assertTrue(here.check(folder.resolve("other.prototxt").toString(), edited).findings().stream()
                .anyMatch(f -> f.code().equals(rate.code())));
        Check missing = here.check(List.of(Path.of("nowhere.prototxt")));
        assertEquals("SS002", missing.findings().get(0).code());
    }

    @Test
    void whatIsTrainedBesideTheUpdateIsNoSameTraining() {
        String net = "layer { name: \"ip\" type: \"InnerProduct\" inner_product_param { num_output: 10 } }\n"
                + "layer { name: \"drop\" type: \"Dropout\" dropout_param { dropout_ratio: 0.5 } }\n";
        String solver = "net: \"net.prototxt\"\nbase_lr: 0.01\nlr_policy: \"fixed\"\nmax_iter: 10\n";
        Configuration first = samestep.read("a.prototxt", solver, "net.prototxt", net);
        Configuration second = samestep.read("b.prototxt", solver, "net.prototxt", net.replace("0.5", "0.25"));
        Comparison compared = samestep.compare(first, second);
        assertTrue(compared.isProven());
        assertFalse(compared.isSameTraining());
        Difference dropout = compared.differences().get(0);
        assertEquals(Difference.About.SETTING, dropout.about());
        assertEquals(List.of("drop"), dropout.of());
        assertTrue(samestep.compare(first, first).isSameTraining());
    }

    @Test
    void aRecipeHasTheOptimizersNumbers() {
        Recipe recipe = samestep.read(
                        "s.prototxt", "base_lr: 0.01\nlr_policy: \"fixed\"\nmomentum: 0.9\nmax_iter: 10\n")
                .recipe()
                .orElseThrow();
        Recipe.Optimizer optimizer = recipe.parameters().get(0).optimizer().orElseThrow();
        assertEquals("caffe.SGD", optimizer.name());
        assertEquals(Map.of("momentum", new BigDecimal("0.9")), optimizer.values());
    }
}
