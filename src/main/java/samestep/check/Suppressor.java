package samestep.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.check.setting.CheckSettings;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;

/** Takes out what comments and settings suppress, and says which of them suppress nothing. */
final class Suppressor {
    private final CheckSettings settings;
    private final List<Suppression> comments;
    private final Set<Path> asked;
    private final Set<Object> used = new HashSet<>();

    Suppressor(CheckSettings settings, List<Suppression> comments, Set<Path> asked) {
        this.settings = settings;
        this.comments = comments;
        this.asked = asked;
    }

    /** Everything, with the reason why it is not reported, if any; then the suppressions without effect. */
    List<Found> apply(List<Finding> findings) {
        List<Found> all = new ArrayList<>();
        for (Found one : Fingerprints.of(findings, settings)) {
            all.add(suppressed(one).map(one::without).orElse(one));
        }
        List<Finding> unused = new ArrayList<>();
        for (Suppression comment : comments) {
            if (!used.contains(comment) && !comment.codes().isEmpty()) {
                unused.add(unused(comment.place(), comment.codes()));
            }
        }
        for (CheckSettings.Ignored ignored : settings.ignored()) {
            boolean concerned = asked.stream().anyMatch(file -> ignored.file().match(settings.relative(file)));
            if (concerned && !used.contains(ignored)) {
                unused.add(unused(ignored.place(), ignored.codes()));
            }
        }
        all.addAll(Fingerprints.of(
                unused.stream()
                        .flatMap(f -> settings.levels().applied(f).stream())
                        .toList(),
                settings));
        return all;
    }

    private Optional<Found.Suppressed> suppressed(Found found) {
        Finding finding = found.finding();
        String file = finding.place().orElseThrow().source().name();
        for (Suppression comment : comments) {
            if (comment.place().source().name().equals(file) && comment.covers(finding)) {
                used.add(comment);
                return Optional.of(new Found.Suppressed(true, comment.reason()));
            }
        }
        for (CheckSettings.Ignored ignored : settings.ignored()) {
            if (ignored.codes().contains(finding.code()) && ignored.file().match(settings.relative(Path.of(file)))) {
                used.add(ignored);
                return Optional.of(new Found.Suppressed(false, ignored.reason()));
            }
        }
        return Optional.empty();
    }

    private static Finding unused(Place place, Set<Code> codes) {
        return Finding.at(place, Code.SS801, "nothing to suppress here: no " + Suppression.names(codes))
                .detail("Remove it, or correct the code or the place.");
    }
}
