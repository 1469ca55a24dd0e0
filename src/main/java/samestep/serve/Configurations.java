package samestep.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Run;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.report.FindingText;
import samestep.report.terminal.Screen;
import samestep.text.Boundary;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.text.Visible;
import samestep.translate.ConfigurationFile;
import samestep.translate.NamedPart;

/** The configurations that clients name, in the folders that are served. */
final class Configurations {
    private final ServedFolders folders;
    private final ProofMemory memory = new ProofMemory();

    Configurations(ServedFolders folders) {
        this.folders = folders;
    }

    /** Proofs of all calls. */
    ProofMemory memory() {
        return memory;
    }

    /** The folders. */
    ServedFolders folders() {
        return folders;
    }

    /**
     * A configuration.
     *
     * @param name its file; of one of several trainings of a program {@code FILE:NAME}
     * @param model the file of its model, where that is given
     */
    ConfigurationFile open(String name, Optional<String> model, Run run) {
        NamedPart part = NamedPart.of(name);
        ServedFolders.Served served = folders.file(part.file());
        Path folder = served.folder();
        Outcome<ConfigurationFile> opened = ConfigurationFile.open(
                text(served.file()),
                model.map(folders::file).map(ServedFolders.Served::file).map(Configurations::text),
                Optional.empty(),
                folder,
                Boundary.around(folder));
        return value(opened).with(run).with(part.part());
    }

    /** A framework that can be written. */
    static Dialect writer(String name) {
        return Dialects.named(name)
                .filter(Dialect::writes)
                .orElseThrow(() -> new ToolException(
                        Dialects.named(name).isPresent() ? name + " is read and not written" : Dialects.unknown(name)));
    }

    static SourceText text(Path file) {
        try {
            return Dialects.text(file);
        } catch (UnreadableSourceException e) {
            throw new ToolException(String.valueOf(e.getMessage()));
        }
    }

    /** The value; without one, the findings are why the call cannot be done. */
    static <T> T value(Outcome<T> outcome) {
        return outcome.value().orElseThrow(() -> new ToolException(words(outcome.findings())));
    }

    private static String words(List<Finding> findings) {
        return Visible.lines(new FindingText(Screen.PLAIN).render(findings))
                .lines()
                .collect(Collectors.joining("\n"));
    }
}
