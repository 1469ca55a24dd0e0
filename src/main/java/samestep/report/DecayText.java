package samestep.report;

import java.util.ArrayList;
import java.util.List;
import samestep.compare.decay.DecayComparison;
import samestep.compare.decay.DecayComparison.Relation;
import samestep.compare.decay.KernelDecay;
import samestep.dialect.ParameterList;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.translate.FileComparison;
import samestep.translate.Remedy;

/** Says the weight decay of kernels on both sides in one unit, where layers cannot be compared one by one. */
final class DecayText {
    private static final int DIGITS = 6;

    private DecayText() {}

    /** Whether values by layer do not say it already. */
    static boolean isNeeded(FileComparison compared) {
        boolean isAlone = hasKernel(compared.comparison().alone())
                || hasKernel(compared.comparison().aloneInTarget());
        boolean isAnyLayer = compared.decay().source().parts().stream().anyMatch(DecayText::isOfAnyLayer)
                != compared.decay().target().parts().stream().anyMatch(DecayText::isOfAnyLayer);
        return isAlone || isAnyLayer || !compared.unsaid().isEmpty();
    }

    private static boolean hasKernel(List<Parameter> parameters) {
        return !KernelDecay.ofParameters(parameters).parts().isEmpty();
    }

    private static boolean isOfAnyLayer(KernelDecay.Part part) {
        return part.parameters().stream().anyMatch(p -> p.name().layer().equals(ParameterName.ANY_LAYER));
    }

    /** The lines. */
    static List<String> lines(FileComparison compared) {
        List<String> lines = new ArrayList<>();
        DecayComparison decay = compared.decay();
        lines.add("Weight decay of kernels, as what is added to the gradient:");
        side("first:  ", decay.source(), lines);
        side("second: ", decay.target(), lines);
        lines.add(relation(decay));
        for (Remedy remedy : compared.decayRemedies()) {
            lines.add(remedy.place() + ": write " + remedy.text() + " for "
                    + remedy.place().text());
        }
        compared.unsaid().forEach(what -> lines.add("not compared: " + what));
        return lines;
    }

    private static void side(String label, KernelDecay side, List<String> lines) {
        if (side.parts().isEmpty()) {
            lines.add(label + "no kernels are known");
        }
        String before = label;
        for (KernelDecay.Part part : side.parts()) {
            lines.add(
                    before + words(part) + part.place().map(p -> " (" + p + ")").orElse(""));
            before = " ".repeat(label.length());
        }
    }

    private static String words(KernelDecay.Part part) {
        String kernels = ParameterList.count(part.parameters()) + named(part);
        return switch (part.kind()) {
            case IN_THE_GRADIENT ->
                part.coefficient()
                                .map(q -> Numbers.rounded(q.doubleValue(), DIGITS))
                                .orElse("")
                        + " * w" + ofMean(part) + " on " + kernels;
            case NONE -> "nothing on " + kernels;
            case OTHERWISE -> "no multiple of w, or several, on " + kernels;
            case NOT_KNOWN -> "not known on " + kernels;
        };
    }

    /** The same for a mean loss, where the loss is a multiple of one. */
    private static String ofMean(KernelDecay.Part part) {
        return part.unit().sums() > 0
                ? " (for a sum over the batch)"
                : part.unit().isMean()
                        ? ""
                        : part.strengthOfMean()
                                .map(s -> " (" + Numbers.rounded(s.doubleValue(), DIGITS) + " * w for a mean loss)")
                                .orElse("");
    }

    private static String named(KernelDecay.Part part) {
        return isOfAnyLayer(part) ? "" : " (" + ComparisonText.names(part.parameters()) + ")";
    }

    /** How the sides are to each other, in a sentence without its end. */
    static String relation(DecayComparison decay) {
        Relation relation = decay.relation();
        String words = decay.factor()
                .filter(factor -> relation == Relation.FACTOR)
                .map(factor -> "the second is " + Numbers.rounded(factor.doubleValue(), DIGITS) + " times the first")
                .orElse(relation.words());
        return "weight decay of kernels: " + words;
    }
}
