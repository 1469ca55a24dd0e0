package samestep.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the commands that people wait for once, in one process, unseen. The launcher does it when it has built
 * the program, and the JVM keeps the classes that it loaded: the next start finds them ready. The more of the usual ways are
 * gone here the better: for one class that is missing, Java reads the names of all that are in the jar.
 */
public final class Rehearsal {
    /** Another optimizer and another schedule than the solver's, and a net of its own. */
    private static final String ADAM = """
            base_lr: 0.001 lr_policy: "poly" power: 2 max_iter: 100 iter_size: 2
            type: "Adam" momentum: 0.9 momentum2: 0.999 weight_decay: 0.0005
            net_param {
              layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 8 dim: 4 } } }
              layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip" inner_product_param { num_output: 2 } }
            }
            """;

    private Rehearsal() {}

    /** Runs everything over a solver that has a net, or only what needs none. */
    public static void main(String[] arguments) {
        String solver = arguments.length == 0 ? "-" : arguments[0];
        for (List<String> command : List.of(
                List.of("--version"),
                List.of(solver, "--to", "keras"),
                List.of("check", "--isolated", solver),
                List.of("compare", solver, solver),
                List.of("explain", solver),
                List.of(solver, "--to", "pytorch"),
                List.of(solver, "--to", "tensorflow"),
                List.of("-", "--to", "keras"),
                List.of("compare", solver, "-"))) {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            Main.run(
                    command.toArray(String[]::new),
                    new Main.Terminal(
                            new ByteArrayInputStream(ADAM.getBytes(StandardCharsets.UTF_8)),
                            nowhere,
                            nowhere,
                            Screens.output(),
                            Screens.errors()));
        }
    }
}
