package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.cli.CommandRunner.Result;

/** The version of a library, as an option and in a lock file. */
class FrameworkVersionTest {
    private static final String OLD = "gradient_clipping is not given: 0 in deepspeed 0.18.0 (";

    @TempDir
    Path folder;

    private String file = "";

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Path path = folder.resolve("ds_config.json");
        Files.writeString(
                path,
                "{\"train_batch_size\": 8, \"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 0.25,"
                        + " \"weight_decay\": 0}}}");
        file = path.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain FILE",
                "compare FILE FILE",
                "check FILE",
                "FILE --to pytorch --as python",
                "train FILE --steps 2",
            })
    void everyCommandThatReadsTakesIt(String command) {
        Result result = run(command + " --allow-outside --framework-version deepspeed=0.18.0");
        assertTrue((result.out() + result.err()).contains(OLD + "--framework-version)"), result.out() + result.err());
        Result plain = run(command + " --allow-outside");
        assertFalse((plain.out() + plain.err()).contains(OLD), plain.out() + plain.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain FILE", "compare FILE FILE", "check FILE", "FILE --to pytorch", "train FILE"})
    void whatIsNoVersionIsSaid(String command) {
        Result name = run(command + " --framework-version deepsped=0.18.0");
        assertEquals(Exit.USAGE, name.code());
        assertTrue(
                name.err()
                        .contains("--framework-version: no default depends on the version of \"deepsped\"; did you mean"
                                + " deepspeed?; known: deepspeed, transformers"),
                name.err());
        Result version = run(command + " --framework-version deepspeed=new");
        assertEquals(Exit.USAGE, version.code());
        assertTrue(version.err().contains("such as deepspeed=0.18.0, not \"deepspeed=new\""), version.err());
    }

    @Test
    void aLockFileOfTheRepositorySaysIt() throws IOException {
        Files.writeString(folder.resolve("uv.lock"), "[[package]]\nname = \"deepspeed\"\nversion = \"0.18.0\"\n");
        Files.writeString(folder.resolve("requirements.txt"), "deepspeed==0.19.6\n");
        Result result = run("explain FILE --allow-outside --format json");
        JsonObject version = JsonParser.parseString(result.out())
                .getAsJsonObject()
                .getAsJsonArray("files")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("versions")
                .get(0)
                .getAsJsonObject();
        assertEquals("deepspeed", version.get("library").getAsString());
        assertEquals("0.18.0", version.get("version").getAsString());
        assertTrue(version.get("file").getAsString().endsWith("uv.lock"), version.toString());
        assertEquals(3, version.get("line").getAsInt());
        Result compared = run("compare FILE FILE --allow-outside --format json");
        assertTrue(compared.out().contains("\"version\": {"), compared.out());
    }

    private Result run(String command) {
        return CommandRunner.run(
                List.of(command.replace("FILE", file).split(" ")).toArray(String[]::new));
    }
}
