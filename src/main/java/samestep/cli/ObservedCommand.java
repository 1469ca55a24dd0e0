package samestep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.observed.Observation;
import samestep.compare.observed.ObservationReader;
import samestep.compare.observed.Verification;
import samestep.compare.observed.Verifier;
import samestep.compare.proof.Partners;
import samestep.dialect.Dialects;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.report.json.VerificationJson;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;

/**
 * Holds a configuration against what a real optimizer did, for the Python package: standard input has the observation. It is in no
 * list of commands, and its input is not stable.
 */
final class ObservedCommand extends Command {
    static final String NAME = "--observed";

    ObservedCommand() {
        super(new Options("translate " + NAME, "Holds a configuration against what a real optimizer did.")
                .files("the configuration")
                .configuration("--", "the configuration")
                .path("--described", "the description of the optimizer that was observed")
                .words("--map", "LAYER=LAYER", "a layer of the optimizer's model, and what the configuration calls it")
                .flag("--verdict-only", "without looking for what explains a difference")
                .run()
                .allowOutside()
                .standardInputName());
    }

    @Override
    int run() throws UnreadableSourceException {
        if (options().files().size() != 1) {
            return usage("name the configuration");
        }
        Outcome<Partners> partners = partners();
        if (partners.value().isEmpty()) {
            return usage(partners.findings().get(0).message());
        }
        SourceText input = SourceReader.read("<observation>", terminal().in());
        Outcome<Observation> observation = new ObservationReader(input).read();
        Outcome<Recipe> recipe = open(options().files().get(0), "--").then(ConfigurationFile::read);
        List<Finding> findings = new ArrayList<>(observation.findings());
        findings.addAll(recipe.findings());
        Optional<Recipe> described = described();
        Outcome<Verification> verified =
                observation.value().isPresent() && recipe.value().isPresent()
                        ? new Verifier(
                                        observation.value().get(),
                                        recipe.value().get(),
                                        described,
                                        partners.value().get())
                                .verify(!options().isOn("--verdict-only"))
                        : new Outcome<>(Optional.empty(), List.of());
        findings.addAll(verified.findings());
        report(findings.stream().filter(f -> f.severity() != Severity.NOTE).toList());
        if (verified.value().isEmpty()) {
            return Exit.USAGE;
        }
        out().print(VerificationJson.print(verified.value().get(), findings));
        return verified.value().get().agrees() ? Exit.SAME : Exit.NOT_PROVEN;
    }

    /** What the optimizer's own description says; nothing where it has no equations. */
    private Optional<Recipe> described() throws UnreadableSourceException {
        Optional<Path> file = options().path("--described");
        return file.isEmpty()
                ? Optional.empty()
                : ConfigurationFile.open(
                                Dialects.text(file.get()),
                                Optional.empty(),
                                Optional.empty(),
                                Path.of("").toAbsolutePath())
                        .then(ConfigurationFile::read)
                        .value();
    }
}
