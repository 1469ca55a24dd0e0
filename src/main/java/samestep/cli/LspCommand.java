package samestep.cli;

import samestep.serve.editor.EditorServer;

/** Serves findings, fixes and explanations to an editor. */
final class LspCommand extends Command {
    LspCommand() {
        super(new Options(
                        "translate lsp",
                        "Serves an editor over the Language Server Protocol, on standard input and output: findings while"
                                + " you type, fixes, what the number under the cursor does, and where the"
                                + " other file of a declared pair has it.")
                .flag("--stdio", "as editors say it; it is always so")
                .footer("", "Example, as the command of a language server:", "  translate lsp"));
    }

    @Override
    int run() {
        try {
            EditorServer.serve(
                    terminal().in(), terminal().out(), Version.number().orElse("0.0.0"));
            return Exit.SAME;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.DEFECT;
        }
    }
}
