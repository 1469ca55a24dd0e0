package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The page and the pictures of {@code compare}. How a browser shows them is .ci/optional/report's. */
class CompareReportTest {
    private static final String PAIR = "fixtures/comparisons/lenet-keras-verbatim/";
    private static final String[] QUICK = {"--updates", "6", "--seeds", "2"};

    @TempDir
    private Path folder;

    private static CommandRunner.Result compare(String first, String second, String... more) {
        String[] arguments = new String[3 + QUICK.length + more.length];
        System.arraycopy(new String[] {"compare", first, second}, 0, arguments, 0, 3);
        System.arraycopy(QUICK, 0, arguments, 3, QUICK.length);
        System.arraycopy(more, 0, arguments, 3 + QUICK.length, more.length);
        return CommandRunner.run(arguments);
    }

    private String report(String first, String second) throws Exception {
        Path page = folder.resolve("report.html");
        CommandRunner.Result result = compare(first, second, "--report", page.toString());
        assertEquals(1, result.code(), result.err());
        return Files.readString(page);
    }

    @Test
    void thePageHasAllThereIs() throws Exception {
        String page = report(PAIR + "source.prototxt", PAIR + "target.json");
        for (String part : new String[] {
            "<h1>Not the same training: 2 kernels differ in L2 in the gradient</h1>",
            "What makes the difference",
            "<span class=\"mark\">g = g + 0.0005 * w</span>",
            "<span class=\"mark\">g = g + 0.001 * w</span>",
            "write <code>0.00025</code>",
            "mlp: 82 weights",
            "digits: handwritten",
            "[SS007]",
            "translate compare " + PAIR + "source.prototxt " + PAIR + "target.json --measure --updates 6 --seeds 2"
        }) {
            assertTrue(page.contains(part), part);
        }
        assertFalse(page.contains("<span class=\"mark\">before = v"), "the optimizers are proven to be the same");
        assertTrue(page.indexOf("Either in the second (Keras)") < page.indexOf("Or in the first (Caffe)"));
        assertTrue(page.indexOf("What to write") < page.indexOf("What makes the difference"), "the remedy comes first");
        assertEquals(7, page.split("<svg ", -1).length - 1, "three charts of each of two problems, and the rate");
        assertTrue(page.contains(">20000</text>"), "the rate is drawn over the whole run");
        assertFalse(page.contains("://"), "nothing to load");
        assertFalse(page.contains("<script"), "nothing to run");
    }

    @Test
    void ofThreeFilesTheFirstTwoAreCompared() throws Exception {
        Path page = folder.resolve("three.html");
        String source = PAIR + "source.prototxt";
        CommandRunner.Result result = compare(source, source, PAIR + "target.json", "--report", page.toString());
        assertEquals(0, result.code(), result.err());
        String text = Files.readString(page);
        assertTrue(text.contains("<h1>The first two are the same training</h1>"), text.substring(0, 400));
        assertTrue(text.contains("target.json</code> (measured beside them, not compared)"));
    }

    /** Names come from files that anybody may have written. */
    @Test
    void nothingFromAFileIsMarkup() throws Exception {
        String hostile = "ip<script>alert(1)</script>\\\"&";
        Path target = folder.resolve("target.json");
        String model = Files.readString(Path.of(PAIR + "target.json"));
        Files.writeString(target, model.replace("\"fc2\"", "\"" + hostile + "\""));
        String page = report(PAIR + "source.prototxt", target.toString());
        assertFalse(page.contains("<script"));
    }

    @Test
    void picturesCanBeRead() throws Exception {
        Path svg = folder.resolve("plot.svg");
        Path png = folder.resolve("plot.png");
        assertEquals(
                1,
                compare(PAIR + "source.prototxt", PAIR + "target.json", "--plot", svg.toString())
                        .code());
        assertEquals(
                1,
                compare(PAIR + "source.prototxt", PAIR + "target.json", "--plot", png.toString())
                        .code());
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readString(svg).getBytes(StandardCharsets.UTF_8)));
        assertTrue(document.getElementsByTagName("polyline").getLength() > 16);
        assertEquals(1840, ImageIO.read(png.toFile()).getWidth());
    }

    @Test
    void severalConfigurationsAndARecording() {
        String recording = "fixtures/goldens/keras3/keras3-sgd-l2.json";
        CommandRunner.Result result = compare(
                recording,
                "fixtures/goldens/keras3/keras3-sgd-l2-bias.json",
                "fixtures/goldens/keras3/keras3-sgd-plain.json",
                "--measure");
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("drift, third"), result.out());
        assertTrue(result.out().contains(recording + " as recorded"), result.out());
        assertTrue(result.out().contains("0.0712"), "biases decayed or not");
    }

    @Test
    void theLeastBadDecayIsFittedWhenAsked() throws Exception {
        Path sizes = Files.writeString(folder.resolve("sizes.json"), "{\"ip1 kernel\": [0.001, 0.02]}");
        String source = "fixtures/story/adam/solver.prototxt";
        String target = "fixtures/story/adam/weight-decay-verbatim.json";
        CommandRunner.Result unasked = compare(source, target);
        CommandRunner.Result asked =
                compare(source, target, "--approximate", "fit", "--gradient-sizes", sizes.toString());
        assertTrue(unasked.out().contains("offered: decay in the gradient as decay beside it"), unasked.out());
        assertFalse(unasked.out().contains("fitted on"), unasked.out());
        assertTrue(asked.out().contains("no good single number exists"), asked.out());
        assertTrue(asked.out().contains("by sizes"), asked.out());
        CommandRunner.Result nothing = compare(source, source, "--approximate", "fit");
        assertTrue(nothing.out().contains("nothing to approximate"), nothing.out());
        assertEquals(2, compare(source, target, "--approximate", "guess").code());
    }

    @Test
    void wrongUse() {
        assertEquals(
                2,
                compare(PAIR + "source.prototxt", PAIR + "target.json", "--plot", "plot.bmp")
                        .code());
        assertEquals(
                2,
                CommandRunner.run("compare", "pom.xml", "pom.xml", "--seeds", "0", "--measure")
                        .code());
        assertEquals(
                2, CommandRunner.run("compare", "pom.xml", "pom.xml", "pom.xml").code());
        CommandRunner.Result nowhere =
                compare(PAIR + "source.prototxt", PAIR + "target.json", "--report", "no/such/folder/a.html");
        assertEquals(2, nowhere.code());
        assertTrue(nowhere.err().contains("not written"), nowhere.err());
    }
}
