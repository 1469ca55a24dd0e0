package samestep.dialect.pytorch.deepspeed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.recipe.version.Installed;
import samestep.text.SourceText;
import samestep.translate.ConfigurationFile;

/** What versions of DeepSpeed make of one file. */
class DeepSpeedVersionTest {
    private static final String PLAIN =
            "{\"train_batch_size\": 8, \"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 0.25}}%s}";

    /** The rates that the schedules of six versions have set. */
    @Test
    void ratesAreThoseOfTheVersion() throws IOException {
        JsonArray runs = JsonParser.parseString(Files.readString(Path.of("fixtures/pytorch/deepspeed-rates.json")))
                .getAsJsonArray();
        assertEquals(30, runs.size());
        for (JsonElement element : runs) {
            JsonObject run = element.getAsJsonObject();
            String text = PLAIN.formatted(
                    ", \"scheduler\": {\"type\": " + run.get("type") + ", \"params\": " + run.get("params") + "}");
            Formula<double[]> rate = read(text, run.get("version").getAsString())
                    .value()
                    .orElseThrow()
                    .schedule()
                    .rate(new DoubleAlgebra(false));
            JsonArray rates = run.getAsJsonArray("rates");
            for (int t = 0; t < rates.size(); t++) {
                assertEquals(rates.get(t).getAsDouble(), rate.at(new double[] {t})[0], 1e-12, run + ", update " + t);
            }
        }
    }

    @Test
    void gradientsAreClippedSinceAVersion() {
        assertEquals(0, clips(read(PLAIN.formatted(""), "0.19.2")));
        assertEquals(1, clips(read(PLAIN.formatted(""), "0.19.3")));
        assertEquals(1, clips(read(PLAIN.formatted(", \"gradient_clipping\": 2"), "0.19.2")));
        assertTrue(read(PLAIN.formatted(", \"gradient_clipping\": 2"), "0.19.2").findings().stream()
                .noneMatch(f -> f.message().contains("gradient_clipping")));
    }

    @Test
    void aLockFileAboveTheFileSaysTheVersion(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("repository/.git"));
        Files.createDirectories(folder.resolve("repository/configs/large"));
        Path file = folder.resolve("repository/configs/large/ds_config.json");
        Files.writeString(file, PLAIN.formatted(""));
        Files.writeString(folder.resolve("requirements.txt"), "deepspeed==0.19.2\n");
        assertEquals(1, clips(open(file, Run.UNKNOWN)), "outside of the repository");
        Files.writeString(folder.resolve("repository/requirements.txt"), "torch\ndeepspeed==0.18.0\n");
        Outcome<Recipe> outcome = open(file, Run.UNKNOWN);
        assertEquals(0, clips(outcome));
        assertEquals(
                List.of("gradient_clipping is not given: 0 in deepspeed 0.18.0 (repository/requirements.txt:2:10)"),
                outcome.findings().stream()
                        .filter(f -> f.code() == Code.SS434)
                        .map(Finding::message)
                        .map(m -> m.replaceAll("\\((\\S*?)repository/", "(repository/"))
                        .toList());
        Run option =
                Run.UNKNOWN.with(List.of(Installed.parse("deepspeed=0.19.6").orElseThrow()));
        assertEquals(1, clips(open(file, option)), "an option comes first");
    }

    private static Outcome<Recipe> open(Path file, Run run) throws IOException {
        SourceText source = new SourceText(file.toString(), Files.readString(file));
        return ConfigurationFile.open(source, Optional.empty(), Optional.empty(), file.resolveSibling(""))
                .value()
                .orElseThrow()
                .with(run)
                .read();
    }

    private static Outcome<Recipe> read(String text, String version) {
        Run run =
                Run.UNKNOWN.with(List.of(Installed.parse("deepspeed=" + version).orElseThrow()));
        return new PytorchDialect()
                .read(Input.of(new SourceText("ds_config.json", text)).with(run));
    }

    private static int clips(Outcome<Recipe> outcome) {
        return outcome.value()
                .orElseThrow()
                .parameters()
                .get(0)
                .stages(Stage.Clip.class)
                .size();
    }
}
