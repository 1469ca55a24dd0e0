package samestep.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.check.file.Paths;
import samestep.check.setting.CheckSettings;
import samestep.check.setting.DeclaredPair;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.text.Boundary;
import samestep.text.SourceText;
import samestep.translate.FileComparer;
import samestep.translate.FileComparison;

/** What comes of comparing the declared pairs that a text is of, for who wants more than findings. */
public final class PairComparisons {
    private final CheckSettings settings;
    private final Path workingDirectory;
    private final ProofMemory memory;

    /**
     * @param settings what {@code samestep.yaml} says
     * @param workingDirectory what relative paths are relative to
     * @param memory proofs of other calls
     */
    public PairComparisons(CheckSettings settings, Path workingDirectory, ProofMemory memory) {
        this.settings = settings;
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.memory = memory;
    }

    /**
     * A pair.
     *
     * @param source the file that is right, as {@code samestep.yaml} names it
     * @param target the file that must mean the same, as {@code samestep.yaml} names it
     * @param comparison of both; empty where one cannot be read
     */
    public record Pair(String source, String target, Optional<FileComparison> comparison) {}

    /** The pairs of which a text is a side, with the text in the place of its file. */
    public List<Pair> of(SourceText text) {
        Optional<Path> file =
                Paths.of(text.name()).map(name -> workingDirectory.resolve(name).normalize());
        if (file.isEmpty()) {
            return List.of();
        }
        PairFiles files = new PairFiles(
                settings.folder(), workingDirectory, Boundary.around(workingDirectory), Map.of(file.get(), text));
        List<Pair> pairs = new ArrayList<>();
        for (DeclaredPair pair : settings.pairs()) {
            for (DeclaredPair.Member target : pair.targets()) {
                if (List.of(pair.source(), target).stream()
                        .anyMatch(member -> files.path(member.file()).equals(file))) {
                    pairs.add(new Pair(pair.source().file(), target.file(), compared(files, pair, target)));
                }
            }
        }
        return pairs;
    }

    private Optional<FileComparison> compared(PairFiles files, DeclaredPair pair, DeclaredPair.Member target) {
        return files.open(pair.source())
                .then(left -> files.open(target)
                        .then(right -> new FileComparer(
                                        left.file().with(pair.run()),
                                        right.file().with(pair.run()),
                                        new Partners(pair.layers()),
                                        memory)
                                .compare()))
                .value();
    }
}
