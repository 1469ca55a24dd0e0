package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.cli.CommandRunner.Result;

/** torchtitan's configurations that are Python functions, against the TOML with the same numbers. */
class TorchtitanProgramTest {
    private static final String FOLDER = "fixtures/programs/torchtitan/";
    private static final String SEVERAL = FOLDER + "several.py:";
    private static final String ALL_EXACT =
            "optimizer, schedule, every kernel, every bias, every gamma and every beta exact";

    @TempDir
    Path folder;

    private Result against(String part, String toml) throws IOException {
        Path file = folder.resolve("same.toml");
        Files.writeString(file, toml);
        return CommandRunner.run("compare", part, file.toString());
    }

    private static String toml(String optimizer, String schedule, String training) {
        return "[optimizer]\n" + optimizer.replace("; ", "\n") + "\n[lr_scheduler]\n" + schedule.replace("; ", "\n")
                + "\n[training]\n" + training.replace("; ", "\n") + "\n";
    }

    @Test
    void theSameNumbersAreTheSameTraining() {
        Result result = CommandRunner.run("compare", FOLDER + "llama_dataclasses.py", FOLDER + "llama.toml");
        assertTrue(result.out().contains("result: " + ALL_EXACT + "; settings: 5 the same"), result.out());
        assertFalse(result.out().contains("\n!"), result.out());
    }

    @Test
    void fieldsThatAreLeftOutHaveTheDefaultsOfTheToml() throws IOException {
        Result result = against(SEVERAL + "all_defaults", toml("", "", ""));
        assertEquals(0, result.code(), result.out() + result.err());
        assertTrue(result.out().contains(ALL_EXACT), result.out());
    }

    @Test
    void whatIsChangedLaterCounts() throws IOException {
        String schedule = "warmup_steps = 80; decay_type = \"sqrt\"";
        Result base = against(
                SEVERAL + "base",
                toml("lr = 1e-3; weight_decay = 0.2", schedule, "local_batch_size = 4; steps = 400; max_norm = 2.0"));
        assertTrue(base.out().contains(ALL_EXACT + "; settings: 5 the same"), base.out() + base.err());
        Result copy = against(
                SEVERAL + "own_copy",
                toml(
                        "lr = 1e-3; weight_decay = 0.2; beta1 = 0.8; beta2 = 0.99",
                        schedule,
                        "local_batch_size = 4; steps = 800; max_norm = 2.0"));
        assertTrue(copy.out().contains(ALL_EXACT + "; settings: 5 the same"), copy.out() + copy.err());
    }

    @Test
    void aGroupOfItsOwnHasPytorchsDefaults() throws IOException {
        Result result = against(
                SEVERAL + "torch_defaults",
                toml(
                        "name = \"Adam\"; lr = 1e-3; weight_decay = 0; beta1 = 0.9; beta2 = 0.999",
                        "warmup_steps = 80; decay_type = \"sqrt\"",
                        "local_batch_size = 4; steps = 400; max_norm = 2.0"));
        assertTrue(result.out().contains("exact; settings: 5 the same"), result.out() + result.err());
        assertFalse(result.out().contains("inexact"), result.out());
    }

    @Test
    void tokensAreNoSamples() {
        Result result = CommandRunner.run("explain", SEVERAL + "in_tokens");
        assertEquals(0, result.code(), result.err());
        assertFalse(result.out().contains("batch size"), result.out());
        assertTrue(result.out().contains("training.num_tokens_per_microbatch_per_dp_rank"), result.out());
    }

    @Test
    void severalAreListedAndNotRead() {
        Result result = CommandRunner.run("explain", FOLDER + "several.py");
        assertEquals(2, result.code());
        for (String name : List.of("base", "own_copy", "other_trainer", "all_defaults")) {
            assertTrue(result.err().contains("several.py:" + name), result.err());
        }
        Result none = CommandRunner.run("explain", SEVERAL + "nothing");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("no configuration of this program is named nothing"), none.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by_names | optimizer.param_groups sorts the parameters by patterns",
                "muon | torchtitan's optimizer DistMuon cannot be read yet",
                "wrong_names | training.step is not a field that is known here",
                "wrong_names | optimizer.learning_rate is not a field that is known here",
                "stranger | several.py:76:5: error: the configuration is given to adapt, which is not read and may change it",
                "other_trainer | other_trainer does not give a Config of torchtitan's own Trainer",
                "own_class | training is not of torchtitan's own class, and cannot be read: it is Longer()",
                "names_elsewhere | training is given fields whose names are not known",
                "steps_elsewhere | training.steps is not known: it is what our_cluster.steps gives",
            })
    void whatCannotBeReadIsRefusedByName(String part, String expected) {
        Result result = CommandRunner.run("explain", SEVERAL + part);
        assertEquals(2, result.code(), result.out());
        assertTrue(result.err().contains(expected), result.err());
    }

    @Test
    void anotherFunctionChangesNothingThatItDoesNotGive() throws IOException {
        Result shared = against(SEVERAL + "shared", toml("", "", "steps = 100"));
        assertEquals(0, shared.code(), shared.out() + shared.err());
        Result changed = against(SEVERAL + "changes_what_is_shared", toml("", "", "steps = 5"));
        assertEquals(0, changed.code(), changed.out() + changed.err());
    }

    @Test
    void anOverrideLeavesTheVerdictOpen() {
        Result result = CommandRunner.run("compare", SEVERAL + "overridden", SEVERAL + "base");
        assertTrue(result.err().contains("override.imports"), result.err());
        assertFalse(result.out().contains("result: " + ALL_EXACT), result.out());
    }
}
