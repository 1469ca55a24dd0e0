package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of {@code check --format} that Azure Pipelines, reviewdog and people with many findings read. */
class CheckFormatsTest {
    private static final String PAIR = "fixtures/check/keras/verbatim.json";

    @TempDir
    private Path folder;

    private static CommandRunner.Result pair(String format) {
        return CommandRunner.run(
                "check", "--config", "fixtures/check/samestep.yaml", "fixtures/check", "--format", format);
    }

    @Test
    void conciseIsOneLineAFinding() {
        String out = pair("concise").out();
        assertEquals(1, out.lines().count(), out);
        assertTrue(out.startsWith(PAIR + ":27:") && out.endsWith(" [SS701]\n"), out);
    }

    @Test
    void groupedNamesAFileOnce() throws IOException {
        Path solver = Files.writeString(
                folder.resolve("s.prototxt"),
                "type: \"Adam\"\nbase_lr: 0.1\nlr_policy: \"fixed\"\nmax_iter: 1000\nmomentum: 2\nmomentum2: 3\n");
        String out = CommandRunner.run("check", "--isolated", solver + "", "--format", "grouped")
                .out();
        assertEquals(1, out.lines().filter(line -> line.contains("s.prototxt")).count(), out);
        assertTrue(out.lines().filter(line -> line.startsWith("  ")).count() > 1, out);
    }

    @Test
    void azureEscapesWhatEndsACommand() throws IOException {
        String out = pair("azure").out();
        assertTrue(
                out.startsWith("##vso[task.logissue type=warning;sourcepath=" + PAIR + ";linenumber=27;columnnumber="),
                out);
        assertTrue(out.contains(";code=SS701;]"), out);
        assertEquals(1, out.lines().count(), "details are on the same line");
        Path odd = Files.writeString(folder.resolve("a]b;c%d.prototxt"), "base_lr: 0.1\nlr_polcy: \"fixed\"\n");
        String named = CommandRunner.run("check", "--isolated", odd + "", "--format", "azure")
                .out();
        assertTrue(named.contains("/a%5Db%3Bc%AZP25d.prototxt;"), named);
    }

    @Test
    void whatCannotBeReadIsNamed() {
        for (String format : new String[] {"azure", "rdjson"}) {
            CommandRunner.Result result =
                    CommandRunner.run("check", "--isolated", folder.resolve("none.prototxt") + "", "--format", format);
            assertEquals(2, result.code());
            assertTrue(result.out().contains("SS002") && result.out().contains("no such file"), result.out());
        }
    }

    @Test
    void reviewdogGetsBytesOfUtf8AndTheFix() throws IOException {
        JsonObject document = JsonParser.parseString(pair("rdjson").out()).getAsJsonObject();
        JsonArray all = document.getAsJsonArray("diagnostics");
        assertEquals(1, all.size());
        JsonObject one = all.get(0).getAsJsonObject();
        assertEquals("WARNING", one.get("severity").getAsString());
        assertEquals("SS701", one.getAsJsonObject("code").get("value").getAsString());
        assertEquals(PAIR, one.getAsJsonObject("location").get("path").getAsString());
        assertEquals(
                "0.00025",
                one.getAsJsonArray("suggestions")
                        .get(0)
                        .getAsJsonObject()
                        .get("text")
                        .getAsString());
    }

    @Test
    void reviewdogCountsBytes() throws IOException {
        String before = "snapshot_prefix: \"\u00e4\u20ac\" momentum2: ";
        Path solver = Files.writeString(
                folder.resolve("s.prototxt"),
                before + "3\ntype: \"Adam\"\nbase_lr: 0.1\nlr_policy: \"fixed\"\nmax_iter: 1000\nmomentum: 0.9\n");
        String text = CommandRunner.run("check", "--isolated", solver + "", "--format", "rdjson")
                .out();
        JsonObject start =
                JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("diagnostics").asList().stream()
                        .map(d ->
                                d.getAsJsonObject().getAsJsonObject("location").getAsJsonObject("range"))
                        .map(range -> range.getAsJsonObject("start"))
                        .filter(at -> at.get("column").getAsInt() > 1)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(text));
        assertEquals(
                before.getBytes(StandardCharsets.UTF_8).length + 1,
                start.get("column").getAsInt(),
                text);
    }
}
