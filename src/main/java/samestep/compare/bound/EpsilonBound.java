package samestep.compare.bound;

import java.util.Optional;
import samestep.compare.proof.Bound;
import samestep.recipe.EpsilonPlace;
import samestep.recipe.Numbers;
import samestep.recipe.Stage;

/**
 * How much one update can differ because of epsilon alone. From equal state both sides divide the same numerator, so that the
 * updates are to each other as the denominators are, inversely. The derivation is in docs/bounds.md.
 *
 * @param source what the source divides by
 * @param target what the target divides by
 */
public record EpsilonBound(Denominator source, Denominator target) {
    private static final double HUNDREDTH = 0.01;
    private static final double NEGLIGIBLE = 1e-5;

    private static final int DECADES = 12;
    private static final int HALVINGS = 60;
    private static final int DIGITS = 3;
    private static final double SAME = 1e-9;

    /** For two optimizers that are the same but for their epsilon; empty where no form is known. */
    public static Optional<EpsilonBound> of(Stage.Optimizer source, Stage.Optimizer target) {
        return Denominator.of(source).flatMap(s -> Denominator.of(target).map(t -> new EpsilonBound(s, t)));
    }

    /** How much the target's update differs, relative to the source's. */
    public double relative(double root, double factor) {
        double ratio = source.at(root, factor) / target.at(root, factor);
        return Math.abs(ratio - 1);
    }

    /**
     * The largest for any root and any update. As a function of the root the ratio is monotone, or, with one epsilon inside,
     * has one extremum; as a function of the correction's factor it is monotone.
     */
    public double largest() {
        double largest = 0;
        for (double factor : new double[] {1, Math.max(source.correction(), target.correction())}) {
            largest = Math.max(largest, relative(0, factor));
            largest = Math.max(largest, relative(extremum(factor), factor));
        }
        return largest;
    }

    /** {@code (s + e) / sqrt(s^2 + q^2)} is largest at {@code s = q^2 / e}; other pairs have no extremum, and 0 will do. */
    private double extremum(double factor) {
        boolean sourceInside = source.place() == EpsilonPlace.INSIDE;
        boolean targetInside = target.place() == EpsilonPlace.INSIDE;
        if (sourceInside == targetInside) {
            return 0;
        }
        Denominator inside = sourceInside ? source : target;
        double outside = (sourceInside ? target : source).at(0, factor);
        return outside == 0 ? 0 : inside.epsilon() / outside;
    }

    /** The root above which the two differ by no more than a share, at every update. */
    public double rootAbove(double share) {
        double high = Math.max(source.scale(), target.scale()) * Math.pow(10, DECADES);
        double low = high;
        while (low > high * Math.pow(10, -3 * DECADES) && atEveryUpdate(low) <= share) {
            high = low;
            low /= 2;
        }
        for (int i = 0; i < HALVINGS && atEveryUpdate(low) > share; i++) {
            double middle = (low + high) / 2;
            if (atEveryUpdate(middle) > share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double atEveryUpdate(double root) {
        double last = relative(root, 1);
        return Math.max(last, relative(root, Math.max(source.correction(), target.correction())));
    }

    /**
     * The statement; empty where the updates can differ by any factor.
     *
     * @param subject what is bounded: {@code one update}, or its adaptive part where a decay beside it may cancel that
     */
    public Optional<Bound> bound(String subject) {
        double largest = largest();
        if (!Double.isFinite(largest)) {
            return Optional.empty();
        }
        String share = "by at most " + Numbers.rounded(100 * largest, DIGITS) + " %";
        String most = largest <= 1 ? share : "is at most " + Numbers.rounded(1 + largest, DIGITS) + " times as large";
        String words = largest <= HUNDREDTH
                ? subject + " differs " + share
                : subject + " differs by at most 1 % where " + sizes() + " above "
                        + Numbers.rounded(rootAbove(HUNDREDTH), 2) + " (0.001 % above "
                        + Numbers.rounded(rootAbove(NEGLIGIBLE), 2) + "), and " + most + " below";
        return Optional.of(new Bound(Bound.Kind.EPSILON, largest, words, offered("")));
    }

    /**
     * The size that the words are about. Corrected, the second moment is a mean of squared gradients, and its root is
     * at least the smallest of them.
     */
    private String sizes() {
        boolean corrected = source.place() == EpsilonPlace.BEFORE_THE_CORRECTION
                || target.place() == EpsilonPlace.BEFORE_THE_CORRECTION;
        return corrected ? "a weight's gradients were all" : "the root of the second moment is";
    }

    /** Inside the root, the square of the epsilon outside is the closest number: never more than 41.4 % off. */
    private String offered(String joint) {
        boolean sourceInside = source.place() == EpsilonPlace.INSIDE;
        Denominator inside = sourceInside ? source : target;
        Denominator outside = sourceInside ? target : source;
        double square = outside.epsilon() * outside.epsilon();
        boolean mixed = inside.place() == EpsilonPlace.INSIDE && outside.place() == EpsilonPlace.OUTSIDE;
        if (!mixed || square == 0 || Math.abs(inside.epsilon() / square - 1) < SAME) {
            return "";
        }
        return joint + "with " + Numbers.rounded(square, DIGITS)
                + ", the square, inside the root it would be at most 41.4 %";
    }
}
