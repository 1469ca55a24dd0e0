package samestep.dialect.tensorflow.program.call;

import java.util.ArrayList;
import java.util.List;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;

/** What of a program is not known, once for each place, and what it leaves open. Reading a call's arguments adds to it. */
public final class Problems implements Noticed {
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /** Something that may change the update; the rest is read, and no verdict on the whole is given. */
    public void unknown(Place place, String message) {
        Finding finding = Finding.at(place, Code.SS045, message)
                .detail("No verdict on the whole is possible; everything else is read.");
        if (findings.stream()
                .noneMatch(f -> f.place().equals(finding.place()) && f.message().equals(message))) {
            findings.add(finding);
            unknown.add(message + " at " + place);
        }
    }

    /** Something without which nothing can be said. */
    public void refuse(Place place, String message) {
        Finding finding = Finding.at(place, Code.SS010, message);
        boolean isSaid = findings.stream()
                .anyMatch(f -> f.code() == Code.SS010 && f.place().equals(finding.place()));
        if (!isSaid) {
            findings.add(finding);
        }
    }

    /** Something to be said. */
    public void add(Finding finding) {
        findings.add(finding);
    }

    /** That something stays open, which a finding says. */
    public void open(String what) {
        unknown.add(what);
    }

    /** Whether an error is among them. */
    public boolean areFatal() {
        return findings.stream().anyMatch(f -> f.severity() == samestep.finding.Severity.ERROR);
    }

    @Override
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    @Override
    public List<String> open() {
        return List.copyOf(unknown);
    }
}
