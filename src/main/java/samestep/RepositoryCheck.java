package samestep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import samestep.check.CheckResult;
import samestep.check.RepositoryChecker;
import samestep.check.file.PassedOver;
import samestep.check.setting.SettingsReader;
import samestep.dialect.Run;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.text.SourceText;
import samestep.text.Watcher;

/** What the command {@code check} does, for callers: with the {@code samestep.yaml} that is nearest to each file. */
final class RepositoryCheck {
    private final Path folder;
    private final Run run;

    RepositoryCheck(Path folder, Run run) {
        this.folder = folder;
        this.run = run;
    }

    Check check(List<Path> files) {
        return of(checker().then(checker -> {
            try {
                return checker.check(files.stream().map(folder::resolve).toList(), Watcher.NOBODY);
            } catch (IOException e) {
                return Outcome.failed(samestep.finding.Finding.of(Code.SS002, String.valueOf(e.getMessage())));
            }
        }));
    }

    Check check(SourceText text) {
        return of(checker().then(checker -> checker.check(text)));
    }

    private Outcome<RepositoryChecker> checker() {
        Path here = folder.toAbsolutePath().normalize();
        return SettingsReader.nearest(here, Path::toString)
                .then(own -> Outcome.of(new RepositoryChecker(folder, own, true, false, run), List.of()));
    }

    private static Check of(Outcome<CheckResult> outcome) {
        CheckResult result = outcome.value().orElse(CheckResult.NOTHING);
        List<samestep.finding.Finding> all = Stream.of(
                        outcome.findings().stream(),
                        result.reported().stream(),
                        result.unreadable().stream().map(PassedOver::error))
                .flatMap(findings -> findings)
                .toList();
        return new Check(result.files(), result.pairs(), Finding.of(all));
    }
}
