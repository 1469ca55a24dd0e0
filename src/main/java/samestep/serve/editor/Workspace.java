package samestep.serve.editor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import samestep.check.CheckResult;
import samestep.check.PairComparisons;
import samestep.check.RepositoryChecker;
import samestep.check.setting.CheckSettings;
import samestep.check.setting.SettingsReader;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Run;
import samestep.explain.Explainer;
import samestep.explain.Explanation;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.text.Boundary;
import samestep.text.SourceText;
import samestep.translate.ConfigurationFile;

/** What is known of a text that an editor holds, in the place of its file. Each call is about one text. */
final class Workspace {
    private final ProofMemory memory = new ProofMemory();

    /** The findings that {@code translate check} has for it, with those of its declared pairs. */
    List<Finding> findings(SourceText text) {
        Path folder = folder(text);
        Outcome<CheckSettings> settings = settings(folder);
        return settings.then(own -> new RepositoryChecker(folder, own, true, false, Run.UNKNOWN).check(text))
                .value()
                .map(CheckResult::reported)
                .orElse(settings.findings());
    }

    /** The declared pairs that it is of. */
    List<PairComparisons.Pair> pairs(SourceText text) {
        Path folder = folder(text);
        return settings(folder)
                .value()
                .map(own -> new PairComparisons(own, folder, memory).of(text))
                .orElse(List.of());
    }

    /** What it does; empty if it is not a configuration that can be read. */
    Optional<Explanation> explanation(SourceText text) {
        Path folder = folder(text);
        Run run = settings(folder).value().map(CheckSettings::run).orElse(Run.UNKNOWN);
        return ConfigurationFile.open(text, Optional.empty(), Optional.empty(), folder, Boundary.around(folder))
                .then(file -> Explainer.explain(file.with(run), run))
                .value();
    }

    private static Outcome<CheckSettings> settings(Path folder) {
        return SettingsReader.nearest(folder, Path::toString);
    }

    private static Path folder(SourceText text) {
        Path parent = Path.of(text.name()).toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
