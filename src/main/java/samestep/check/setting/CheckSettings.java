package samestep.check.setting;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import samestep.check.file.FilePatterns;
import samestep.dialect.Run;
import samestep.finding.Code;
import samestep.finding.Place;

/**
 * What {@code samestep.yaml} says.
 *
 * @param folder where it is; its paths and patterns are relative to it
 * @param pairs files that must mean the same training
 * @param levels how much findings matter
 * @param overrides the same, for some files
 * @param ignored findings that are not reported, for formats without comments
 * @param excluded files that are not checked, unless they are named
 * @param run what is known of the runs and is in no configuration
 */
public record CheckSettings(
        Path folder,
        List<DeclaredPair> pairs,
        Levels levels,
        List<Override> overrides,
        List<Ignored> ignored,
        FilePatterns excluded,
        Run run) {
    /** Copies the lists. */
    public CheckSettings {
        pairs = List.copyOf(pairs);
        overrides = List.copyOf(overrides);
        ignored = List.copyOf(ignored);
    }

    /** Other levels for the files that a pattern matches. */
    public record Override(FilePatterns files, Levels levels) {}

    /** Findings of the files that a pattern matches; without codes none, because that is an error. */
    public record Ignored(FilePatterns file, Set<Code> codes, String reason, Place place) {
        /** Copies the codes. */
        public Ignored {
            codes = Set.copyOf(codes);
        }
    }

    /** Nothing said. */
    public static CheckSettings none(Path folder) {
        return new CheckSettings(folder, List.of(), Levels.USUAL, List.of(), List.of(), FilePatterns.NONE, Run.UNKNOWN);
    }

    /** The same, where something that is known of the runs comes before what is said here. */
    public CheckSettings over(Run given) {
        return new CheckSettings(
                folder,
                pairs.stream().map(pair -> pair.over(given)).toList(),
                levels,
                overrides,
                ignored,
                excluded,
                given.or(run));
    }

    /** The levels for a file. */
    public Levels levelsOf(Path file) {
        Levels all = levels;
        for (Override override : overrides) {
            if (override.files().match(relative(file))) {
                all = all.with(override.levels());
            }
        }
        return all;
    }

    /** Whether a file is left out when folders are searched. */
    public boolean excludes(Path file) {
        return excluded.match(relative(file));
    }

    /** The file as patterns see it. */
    public Path relative(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(folder) ? folder.relativize(absolute) : absolute;
    }
}
