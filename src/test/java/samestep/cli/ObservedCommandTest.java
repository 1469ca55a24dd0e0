package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.cli.Main.Terminal;

/** What an optimizer did, held against a configuration: SGD with L2, by hand. */
class ObservedCommandTest {
    private static final double RATE = 0.5;
    private static final double[] GRADIENTS = {0.25, -1, 0.5};

    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private Result run(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int code = Main.run(arguments, new Terminal(in, printed, messages));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path solver(String decay, String more) throws IOException {
        return Files.writeString(
                folder.resolve("solver.prototxt"),
                "base_lr: 0.5\nlr_policy: \"fixed\"\nmax_iter: 3\nweight_decay: " + decay + "\n" + more);
    }

    /** A weight of 1 under these gradients. */
    private static String observed(double decay, int microSteps) {
        StringBuilder gradients = new StringBuilder();
        StringBuilder weights = new StringBuilder();
        double w = 1;
        for (double gradient : GRADIENTS) {
            w -= RATE * (gradient + decay * w);
            String step = "[[" + gradient + "]]";
            gradients
                    .append(gradients.isEmpty() ? "" : ", ")
                    .append("[" + (step + ", ").repeat(microSteps - 1))
                    .append(step + "]");
            weights.append(weights.isEmpty() ? "" : ", ").append("[[" + w + "]]");
        }
        return String.format(
                Locale.ROOT,
                "{\"unit\": 2.2e-16, \"limit\": 64, \"shipped\": false, \"tensors\": [{\"name\": \"ip.weight\","
                        + " \"layer\": \"ip\", \"role\": \"kernel\", \"shape\": [1, 1]}], \"streams\": [{\"name\":"
                        + " \"ordinary\", \"schedule_from\": 0, \"updates_from\": 0, \"initial\": [[1]], \"gradients\":"
                        + " [%s], \"weights\": [%s]}]}",
                gradients,
                weights);
    }

    @Test
    void theSameUpdatesAgree() throws IOException {
        Result result = run(
                observed(0.125, 1), ObservedCommand.NAME, solver("0.125", "").toString());
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("\"agrees\": true"), result.out());
    }

    @Test
    void anotherNumberIsRefutedAndNamed() throws IOException {
        Result result =
                run(observed(0.25, 1), ObservedCommand.NAME, solver("0.125", "").toString());
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("\"update\": 1"), result.out());
        assertTrue(result.out().contains("\"name\": \"L2 in the gradient\""), result.out());
        assertTrue(result.out().contains("\"source\": \"0.25\""), result.out());
    }

    @Test
    void accumulationIsTheTrait() throws IOException {
        Result result = run(
                observed(0.125, 1),
                ObservedCommand.NAME,
                solver("0.125", "iter_size: 2\n").toString());
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("\"name\": \"accumulation\""), result.out());
    }

    @Test
    void aScheduleByOneIsTheTrait() throws IOException {
        Path file = Files.writeString(
                folder.resolve("solver.prototxt"),
                "base_lr: 0.5\nlr_policy: \"exp\"\ngamma: 0.5\nmax_iter: 3\nweight_decay: 0\n");
        double[] weights = {1 - 0.25 * 0.25, 0, 0};
        weights[1] = weights[0] + 0.125;
        weights[2] = weights[1] - 0.0625 * 0.5;
        String input = observed(0, 1)
                .replaceAll(
                        "\"weights\": .*",
                        "\"weights\": [[[" + weights[0] + "]], [[" + weights[1] + "]], [[" + weights[2] + "]]]}]}");
        Result result = run(input, ObservedCommand.NAME, file.toString());
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("one update later"), result.out());
    }

    @Test
    void aWindowOfTheScheduleIsLookedAt() throws IOException {
        Path file = Files.writeString(
                folder.resolve("solver.prototxt"),
                "base_lr: 0.5\nlr_policy: \"step\"\ngamma: 0.5\nstepsize: 7\nmax_iter: 30\nweight_decay: 0.125\n");
        String window = observed(0.125, 1).replace("\"schedule_from\": 0", "\"schedule_from\": 5");
        Result result = run(window, ObservedCommand.NAME, file.toString());
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("\"update\": 8"), result.out());
        assertEquals(
                0,
                run(observed(0.125, 1), ObservedCommand.NAME, file.toString()).code());
    }

    @Test
    void whatIsNoObservationIsSaid() throws IOException {
        String solver = solver("0.125", "").toString();
        for (String input : new String[] {
            "",
            "[]",
            "{}",
            observed(0.125, 1).replace("\"kernel\"", "\"colonel\""),
            observed(0.125, 1).replace("[[1]]", "[[1, 2]]"),
            observed(0.125, 1).replace("\"initial\": [[1]]", "\"initial\": [[\"x\"]]"),
            observed(0.125, 1).replace("\"shape\": [1, 1]", "\"shape\": [1]")
        }) {
            Result result = run(input, ObservedCommand.NAME, solver);
            assertEquals(2, result.code(), input);
            assertTrue(result.err().contains("error"), result.err());
        }
    }

    @Test
    void aParameterWithoutACounterpartIsSaid() throws IOException {
        Path net = Files.writeString(
                folder.resolve("net.prototxt"),
                "layer { name: \"fc\" type: \"InnerProduct\" bottom: \"data\" top: \"fc\" inner_product_param {"
                        + " num_output: 1 } }");
        String solver = solver("0.125", "").toString();
        Result result = run(observed(0.125, 1), ObservedCommand.NAME, solver, "--net", net.toString());
        assertEquals(2, result.code(), result.out());
        assertTrue(result.err().contains("ip.weight: the configuration has no such parameter"), result.err());
        Result mapped =
                run(observed(0.125, 1), ObservedCommand.NAME, solver, "--net", net.toString(), "--map", "ip=fc");
        assertEquals(0, mapped.code(), mapped.err());
    }
}
