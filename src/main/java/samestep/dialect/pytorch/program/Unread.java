package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.UnknownStage;
import samestep.text.SourceText;

/**
 * What a program does to an update, and is not read: each is a finding at its place and a stage whose equations are not known.
 * With such a stage no verdict is exact, but for the program's own copy.
 */
final class Unread {
    private static final int LONGEST = 60;

    private final SourceText program;
    private final Map<Place, String> changes = new LinkedHashMap<>();

    Unread(SourceText program) {
        this.program = program;
    }

    /** Adds one change; the first one of a place counts. */
    void add(Place place, String what) {
        changes.putIfAbsent(place, what);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        changes.forEach((place, what) -> findings.add(Finding.at(place, Code.SS043, what + "; this is not read")
                .detail("The update without it is shown; no verdict is exact.")));
        return findings;
    }

    List<BeforeStep> stages() {
        List<BeforeStep> stages = new ArrayList<>();
        changes.keySet().forEach(place -> stages.add(BeforeStep.all(new UnknownStage(line(place), identity(place)))));
        return stages;
    }

    /** The two texts, since what a line does is decided elsewhere in them. */
    private String identity(Place place) {
        return place.source().text().equals(program.text())
                ? program.text()
                : program.text() + place.source().text();
    }

    private static String line(Place place) {
        String text = place.source().text();
        int start = text.lastIndexOf('\n', Math.max(0, place.span().start() - 1)) + 1;
        int end = text.indexOf('\n', place.span().start());
        String line = text.substring(Math.min(start, place.span().start()), end < 0 ? text.length() : end)
                .strip()
                .replaceAll("\\s+", " ");
        String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
        return "`" + cut + "` at " + place;
    }
}
