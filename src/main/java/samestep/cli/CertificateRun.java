package samestep.cli;

import java.io.IOException;
import java.nio.file.Path;
import samestep.cli.Main.Terminal;
import samestep.compare.CertificateMaker;
import samestep.compare.Comparison;
import samestep.compare.certificate.Certificate;
import samestep.compare.proof.Partners;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.report.json.CertificateJson;
import samestep.text.AtomicFile;
import samestep.text.Visible;

/** Writes the certificate that {@code --certificate} asks for. */
final class CertificateRun {
    static final String OPTION = "--certificate";

    private final Options options;
    private final Terminal terminal;

    CertificateRun(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** A configuration and what it is called. */
    record Named(String name, Recipe recipe) {}

    /** The exit code: that of the command, or what comes of a certificate that cannot be made or written. */
    int write(Named first, Named second, Partners partners, Comparison comparison, int code) {
        if (options.path(OPTION).isEmpty()) {
            return code;
        }
        Path file = options.path(OPTION).get();
        Outcome<Certificate> made =
                CertificateMaker.of(first.name(), first.recipe(), second.name(), second.recipe(), partners, comparison);
        if (made.value().isEmpty()) {
            say(made.findings().get(0).message() + "; " + file + " is not written");
            return Math.max(code, Exit.NOT_PROVEN);
        }
        try {
            AtomicFile.write(file, CertificateJson.print(made.value().get()));
            return code;
        } catch (IOException e) {
            say("not written: " + e.getMessage());
            return Exit.USAGE;
        }
    }

    private void say(String words) {
        terminal.err().println("translate: " + Visible.of(words));
    }
}
