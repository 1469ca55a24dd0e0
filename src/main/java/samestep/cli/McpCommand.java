package samestep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import samestep.serve.ProtocolServer;
import samestep.serve.ServedFolders;

/** Serves the commands as tools of the Model Context Protocol. */
final class McpCommand extends Command {
    McpCommand() {
        super(new Options(
                        "translate mcp",
                        "Serves explain, compare, translate, check and fix to a client of the Model Context Protocol, on"
                                + " standard input and output, until the client goes.")
                .files("folders whose files the client may name, by default the current one")
                .footer(
                        "",
                        "Nothing is written but by the tool fix, which shows a diff first.",
                        "",
                        "Example:",
                        "  translate mcp configs models"));
    }

    @Override
    int run() {
        List<String> named = options().files();
        ServedFolders folders;
        try {
            folders = ServedFolders.of(
                    named.isEmpty()
                            ? List.of(Path.of(""))
                            : named.stream().map(Path::of).toList());
        } catch (IOException e) {
            return usage(String.valueOf(e.getMessage()));
        }
        try {
            new ProtocolServer(folders, Version.number().orElse("0.0.0"))
                    .serve(terminal().in(), terminal().out());
            return Exit.SAME;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.DEFECT;
        }
    }
}
