package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.cli.CommandRunner.Result;

/** {@code x.py:NAME} chooses one of several trainings of a program. */
class ProgramPartTest {
    private static final String KERAS = "fixtures/programs/keras/";

    @Test
    void anOptimizerIsChosenWithTheModelThatItTrains() {
        Result generator = CommandRunner.run("explain", KERAS + "two_optimizers/main.py:gen_opt");
        assertTrue(generator.out().contains("g kernel"), generator.out());
        assertFalse(generator.out().contains("d kernel"), generator.out());
        assertTrue(generator.err().contains("[SS111]"), generator.err());
        assertFalse(generator.err().contains("[SS045]"), generator.err());
        Result discriminator = CommandRunner.run("explain", KERAS + "two_optimizers/main.py:disc_opt");
        assertTrue(discriminator.out().contains("g = g + 0.002 * w"), discriminator.out());
        assertFalse(discriminator.out().contains("g kernel"), discriminator.out());
    }

    @Test
    void aModelIsChosenByTheFunctionThatMakesIt() {
        Result large = CommandRunner.run("explain", KERAS + "two_models/main.py:large");
        assertTrue(large.out().contains("g = g + 0.001 * w"), large.out());
        assertFalse(large.out().contains("0.0002 * w"), large.out());
    }

    @Test
    void anOptimizerOfPytorchIsChosen() {
        Result chosen = CommandRunner.run("explain", "fixtures/programs/pytorch/two_optimizers.py:optimizer_d");
        assertEquals(0, chosen.code(), chosen.err());
    }

    @Test
    void aNameThatIsNotThereIsAnErrorWithTheNamesThatAre() {
        Result result = CommandRunner.run("explain", KERAS + "two_optimizers/main.py:nope");
        assertEquals(2, result.code());
        assertTrue(result.err().contains("main.py:gen_opt"), result.err());
    }

    /** A pair names a part too; a change of a module that the program imports touches it. */
    @Test
    void aDeclaredPairNamesAPart(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve("small.py"), Files.readString(Path.of(KERAS + "two_models/main.py")));
        Files.writeString(folder.resolve("rates.py"), "DECAY = 1e-4\n");
        Files.writeString(folder.resolve("big.py"), """
            from keras.layers import Input, Dense
            from keras.models import Model
            from keras.regularizers import l2
            from rates import DECAY
            x = Input((4,))
            model = Model(x, Dense(2, kernel_regularizer=l2(DECAY))(x))
            """);
        Files.writeString(folder.resolve("samestep.yaml"), "pairs:\n  - source: small.py:small\n    target: big.py\n");
        Result same = CommandRunner.run("check", folder.resolve("rates.py").toString());
        assertTrue(same.err().contains("1 declared pair"), same.err());
        assertFalse(same.out().contains("SS701"), same.out());
        Files.writeString(folder.resolve("rates.py"), "DECAY = 2e-4\n");
        Result other = CommandRunner.run("check", folder.resolve("rates.py").toString());
        assertTrue(other.out().contains("rates.py:1:9") && other.out().contains("SS701"), other.out() + other.err());
    }
}
