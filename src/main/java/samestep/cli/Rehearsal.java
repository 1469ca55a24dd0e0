package samestep.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the commands that people wait for once, in one process and for nobody to see. The launcher does it when it has built
 * the program, and the JVM keeps the classes that it loaded: the next start finds them ready.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** Runs everything over a solver that has a net, or only what needs none. */
    public static void main(String[] arguments) {
        String solver = arguments.length == 0 ? "-" : arguments[0];
        for (List<String> command : List.of(
                List.of("--version"),
                List.of(solver, "--to", "keras"),
                List.of("check", "--isolated", solver),
                List.of("compare", solver, solver),
                List.of("explain", solver))) {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            Main.run(
                    command.toArray(String[]::new),
                    new Main.Terminal(new ByteArrayInputStream(new byte[0]), nowhere, nowhere));
        }
    }
}
