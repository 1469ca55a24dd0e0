package samestep.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.SourceText;
import samestep.text.Span;

/** The findings of one parse, capped: after some twenty errors a reader needs to know only how many more there are. */
public final class SyntaxFindings {
    /** Most findings kept of one parse. */
    public static final int MAX = 20;

    private final SourceText source;
    private final List<Finding> kept = new ArrayList<>();
    private int left;

    /** Starts empty. */
    public SyntaxFindings(SourceText source) {
        this.source = source;
    }

    /** Records a syntax error at a span, with what to do about it; an empty remedy is left out. */
    public void error(Span span, String message, String remedy) {
        Finding finding = Finding.at(new Place(source, span), Code.SS001, message);
        add(remedy.isEmpty() ? finding : finding.detail(remedy));
    }

    /** Records a finding, or only counts it when {@link #MAX} are kept already. */
    public void add(Finding finding) {
        if (isFull()) {
            left++;
        } else {
            kept.add(finding);
        }
    }

    /** Whether further findings are only counted. */
    public boolean isFull() {
        return kept.size() == MAX;
    }

    /** What was kept, in the order of the source; the last one says how many more there were. */
    public List<Finding> toList() {
        List<Finding> sorted = new ArrayList<>(kept);
        if (sorted.size() > 1) {
            sorted.sort(Comparator.comparingInt(SyntaxFindings::start));
        }
        if (left > 0) {
            int last = sorted.size() - 1;
            sorted.set(
                    last, sorted.get(last).detail(left + " more in this file; only the first " + MAX + " are shown"));
        }
        return List.copyOf(sorted);
    }

    private static int start(Finding finding) {
        return finding.place().map(place -> place.span().start()).orElse(0);
    }
}
