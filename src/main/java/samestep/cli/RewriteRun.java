package samestep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.write.Rewrite;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.report.FileDiff;
import samestep.report.ResultLine;
import samestep.report.terminal.Paint;
import samestep.text.AtomicFile;
import samestep.text.SourceText;
import samestep.text.Visible;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileRewriter;
import samestep.translate.setting.SettingRewriter;

/** {@code translate --onto}: into a file of the user's own. */
final class RewriteRun {
    private final TranslateCommand command;
    private final Options options;
    private final Path file;

    RewriteRun(TranslateCommand command, Path file) {
        this.command = command;
        this.options = command.options();
        this.file = file;
    }

    int run(ConfigurationFile source, ConfigurationFile target, Partners partners) {
        Dialect to = target.dialect();
        ProofMemory memory = new ProofMemory();
        Outcome<FileRewriter.Rewritten> outcome = new FileRewriter(source, to, partners, memory).rewrite(target);
        if (outcome.value().isEmpty()) {
            command.reportTranslation(outcome.findings());
            command.say("result: nothing written");
            return Exit.USAGE;
        }
        SettingRewriter.Rewritten rewritten = new SettingRewriter(source, target, partners, memory)
                .rewritten(outcome.value().get());
        List<Finding> findings = new ArrayList<>(outcome.findings());
        rewritten.checklist().finding(to.title()).ifPresent(findings::add);
        command.reportTranslation(findings);
        Optional<String> problem = write(to, rewritten.rewrite());
        if (problem.isPresent()) {
            return command.usage(problem.get());
        }
        int count = rewritten.rewrite().edits().size();
        command.sayUnlessQuiet(Visible.of(file.toString()) + ": "
                + (count == 0 ? unchanged(rewritten) : count + (count == 1 ? " change" : " changes")));
        command.sayUnlessQuiet(ResultLine.of(rewritten.comparison(), OptionalDouble.empty(), findings));
        boolean fails = findings.stream().anyMatch(f -> options.failsOn(f.severity()));
        return rewritten.isSameTraining() && !fails ? Exit.SAME : Exit.NOT_PROVEN;
    }

    private static String unchanged(SettingRewriter.Rewritten rewritten) {
        return rewritten.isSameTraining() ? "says it already" : "no number is changed";
    }

    /** What is wrong with what was asked for; nothing once it is written. */
    private Optional<String> write(Dialect to, Rewrite rewrite) {
        boolean inPlace = options.isOn("--in-place");
        boolean diff = options.isOn("--diff");
        Optional<Path> output = options.path("-o");
        if (rewrite.beside().isPresent() && !inPlace && !diff) {
            return Optional.of("say what to do with " + file + ": --in-place changes it, --diff shows the changes;"
                    + " the solver goes to standard output, or to -o");
        }
        try {
            if (rewrite.beside().isPresent()) {
                beside(rewrite.beside().get(), output);
            }
            if (diff) {
                command.out().print(Paint.diff(diff(rewrite), command.terminal().outScreen()));
            } else if (inPlace) {
                save(to, rewrite, file);
            } else if (output.isPresent()) {
                save(to, rewrite, output.get());
            } else if (!rewrite.existing().name().equals(file.toString())) {
                return Optional.of("an archive is not printed: --in-place, -o FILE.keras, or --diff");
            } else {
                byte[] bytes = rewrite.changed().bytes();
                command.out().write(bytes, 0, bytes.length);
            }
            command.out().flush();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("not written: " + e.getMessage());
        }
    }

    private void beside(String text, Optional<Path> output) throws IOException {
        if (output.isPresent()) {
            AtomicFile.write(output.get(), text);
        } else {
            command.out().print(text);
        }
    }

    /** A file that already says it is not written again. */
    private void save(Dialect to, Rewrite rewrite, Path target) throws IOException {
        if (rewrite.edits().isEmpty() && target.equals(file)) {
            return;
        }
        SourceText changed = rewrite.changed();
        if (!to.pack(file, changed, target)) {
            AtomicFile.write(target, changed);
        }
    }

    private String diff(Rewrite rewrite) {
        return FileDiff.of(
                file.toString(), rewrite.existing().text(), rewrite.changed().text());
    }
}
