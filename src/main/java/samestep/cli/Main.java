package samestep.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import samestep.compare.proof.ProofMemory;
import samestep.report.terminal.Screen;
import samestep.serve.FrameServer;

/**
 * The command line's entry. The first argument alone decides: a command's name goes to that command, anything else is
 * the file to translate.
 */
public final class Main {
    private static final String NOTHING_GIVEN = """
        translate: name the file to translate. The three commands that people need:
          translate solver.prototxt --to keras          writes the configuration of another framework
          translate compare solver.prototxt model.json  says where two configurations differ
          translate check .                             finds mistakes in a repository
        More: translate --help, translate help COMMAND\
        """;

    private static final Map<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

    /** Of all calls that this process answers. */
    private static final ProofMemory PROOFS = new ProofMemory();

    static {
        COMMANDS.put("compare", () -> new CompareCommand(PROOFS));
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("explain", ExplainCommand::new);
        COMMANDS.put("train", TrainCommand::new);
        COMMANDS.put("frameworks", FrameworksCommand::new);
        COMMANDS.put("lsp", LspCommand::new);
        COMMANDS.put("mcp", McpCommand::new);
        COMMANDS.put(VerifyCertificateCommand.NAME, VerifyCertificateCommand::new);
    }

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        if (arguments.length == 1 && arguments[0].equals(FrameServer.OPTION)) {
            // Nothing else may be printed between the frames.
            System.setOut(err);
            System.exit(code(server(System.in, out).run()));
        }
        int code = run(arguments, new Terminal(System.in, out, err, Screens.output(), Screens.errors()));
        out.flush();
        System.exit(code);
    }

    /** Many calls of one process. */
    static FrameServer server(InputStream in, OutputStream out) {
        return new FrameServer(
                in, out, (arguments, input, printed, err) -> run(arguments, new Terminal(input, printed, err)));
    }

    private static int code(FrameServer.End end) {
        return switch (end) {
            case NO_MORE_REQUESTS -> Exit.SAME;
            case NO_FRAME -> Exit.USAGE;
            case BROKEN_STREAM -> Exit.OUTPUT;
        };
    }

    /** Runs one command. */
    static int run(String[] arguments, Terminal terminal) {
        try {
            return written(route(arguments, terminal), terminal);
        } catch (OutOfMemoryError e) {
            terminal.err()
                    .println("translate: not enough memory for this input. Give Java more with"
                            + " JDK_JAVA_OPTIONS=-Xmx4g. For an ordinary configuration this is a defect of"
                            + " Samestep: please report it (see README, \"Reporting\").");
            return Exit.DEFECT;
        } catch (RuntimeException | Error e) {
            return ownDefect(e, terminal.err());
        }
    }

    /** Output that was not written completely is a failure in any case: the disk is full, or the reader is gone. */
    private static int written(int code, Terminal terminal) {
        if (!terminal.out().checkError() || code == Exit.DEFECT) {
            return code;
        }
        terminal.err()
                .println("translate: standard output could not be written completely. Is the disk full, or has the"
                        + " reader closed the pipe?");
        return Exit.OUTPUT;
    }

    private static int route(String[] given, Terminal terminal) {
        String[] arguments = helpAsOption(given);
        String first = arguments.length == 0 ? "" : arguments[0];
        Supplier<Command> named = first.equals(ObservedCommand.NAME) ? ObservedCommand::new : COMMANDS.get(first);
        Command command = named != null ? named.get() : new TranslateCommand();
        command.attach(terminal);
        String[] rest = named != null ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
        if (arguments.length == 0) {
            terminal.err().println(NOTHING_GIVEN);
            return Exit.USAGE;
        }
        if (command.options().takePlain(rest)) {
            return command.call();
        }
        CommandLine line = command.options().parser();
        line.setUsageHelpWidth(Screens.help(terminal.outScreen()));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, a) -> usage(e, command));
        line.setExecutionExceptionHandler((e, l, r) -> ownDefect(e, terminal.err()));
        line.setExecutionStrategy(result -> {
            try {
                Integer helped = CommandLine.executeHelpRequest(result);
                return helped != null ? helped : command.call();
            } catch (RuntimeException e) {
                // Of all others picocli makes an exit code of its own, before the handler sees them.
                throw new CommandLine.ExecutionException(line, "the command failed", e);
            }
        });
        return line.execute(rest);
    }

    /** {@code help} and {@code help compare}, as many programs have it: the option of the same name. */
    private static String[] helpAsOption(String[] given) {
        if (given.length == 0 || given.length > 2 || !given[0].equals("help") || Files.exists(Path.of("help"))) {
            return given;
        }
        if (given.length == 1 || given[1].equals("translate")) {
            return new String[] {"--help"};
        }
        return COMMANDS.containsKey(given[1]) ? new String[] {given[1], "--help"} : new String[] {given[1]};
    }

    /** One helpful line. */
    private static int usage(CommandLine.ParameterException exception, Command command) {
        String message = exception.getMessage() + "";
        if (exception instanceof CommandLine.UnmatchedArgumentException unmatched) {
            message += Choices.option(
                    unmatched.getUnmatched().get(0),
                    unmatched.getCommandLine().getCommandSpec().optionsMap().keySet());
        } else if (exception instanceof CommandLine.MissingParameterException missing
                && missing.getMissing().get(0) instanceof CommandLine.Model.OptionSpec option) {
            message += Choices.values(option.longestName(), command.options());
        }
        return command.usage(message.replace('\n', ' '));
    }

    private static int ownDefect(Throwable defect, PrintStream err) {
        err.println("translate: this is a defect of Samestep, not of your file. Please report it, with the command and"
                + " the lines below (see README, \"Reporting\").");
        defect.printStackTrace(err);
        return Exit.DEFECT;
    }

    /** The command of that name; for any other word, the translation. */
    public static Command command(String name) {
        return COMMANDS.getOrDefault(name, TranslateCommand::new).get();
    }

    /** The names of the commands, for suggestions. */
    public static Set<String> commands() {
        return COMMANDS.keySet();
    }

    /** Where a command reads and writes. Standard output carries the product only. */
    record Terminal(InputStream in, PrintStream out, PrintStream err, Screen outScreen, Screen errScreen) {
        /** Streams that are not terminals. */
        Terminal(InputStream in, PrintStream out, PrintStream err) {
            this(in, out, err, Screen.PLAIN, Screen.PLAIN);
        }

        Terminal withColours(boolean wanted) {
            return new Terminal(in, out, err, outScreen.withColours(wanted), errScreen.withColours(wanted));
        }
    }
}
