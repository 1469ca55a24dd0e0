package samestep.check.setting;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;

/**
 * How much a finding matters in a check.
 *
 * @param given the levels that you set; an empty value switches the code off
 */
public record Levels(Map<Code, Optional<Severity>> given) {
    /** As the codes have it. */
    public static final Levels USUAL = new Levels(Map.of());

    /** Findings that explain a translation, and do not matter when nothing is translated. */
    private static final Set<Code> EXPLAINS = EnumSet.of(
            Code.SS007,
            Code.SS041,
            Code.SS212,
            Code.SS241,
            Code.SS302,
            Code.SS303,
            Code.SS304,
            Code.SS342,
            Code.SS431,
            Code.SS901,
            Code.SS902,
            Code.SS903,
            Code.SS904);
    /**
     * No fault of the file: a model without an optimizer is one, a net, a base or a schedule may be kept elsewhere, data
     * decides, what an experiment's file leaves out is in its code, and what a program does may only be known in a run.
     */
    private static final Set<Code> NO_FAULT = EnumSet.of(
            Code.SS006,
            Code.SS010,
            Code.SS011,
            Code.SS042,
            Code.SS045,
            Code.SS121,
            Code.SS213,
            Code.SS222,
            Code.SS311,
            Code.SS411,
            Code.SS441,
            Code.SS511);

    /** Copies the map. */
    public Levels {
        given = Map.copyOf(given);
    }

    /** These, and others over them. */
    public Levels with(Levels others) {
        Map<Code, Optional<Severity>> all = new EnumMap<>(Code.class);
        all.putAll(given);
        all.putAll(others.given);
        return new Levels(all);
    }

    /** The finding at its level; empty where it is switched off. */
    public Optional<Finding> applied(Finding finding) {
        Optional<Severity> said = given.get(finding.code());
        if (said != null) {
            return said.map(finding::as);
        }
        if (NO_FAULT.contains(finding.code())) {
            return Optional.of(finding.as(Severity.NOTE));
        }
        // The reader reports it as a note, because a translation of it is right.
        return Optional.of(finding.code() == Code.SS604 ? finding.as(Severity.WARNING) : finding);
    }

    /** Whether a finding only explains, and is shown on demand. */
    public static boolean explains(Finding finding) {
        return finding.severity() == Severity.NOTE
                && (EXPLAINS.contains(finding.code()) || NO_FAULT.contains(finding.code()));
    }
}
