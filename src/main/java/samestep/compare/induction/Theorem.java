package samestep.compare.induction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * That two sides take the same steps for ever, with the relation between their states that shows it.
 *
 * @param question the sides
 * @param left what each state of the left side is, in the order of {@link StateName#of}; free or a power
 * @param right what each state of the right side is
 */
public record Theorem(Question question, List<ExactRelation> left, List<ExactRelation> right) {
    /** Copies the relations. */
    public Theorem {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /** What is wrong with the relations before anything is calculated; nothing where they fit. */
    public Optional<String> misfit() {
        List<StateName> ours = StateName.of(question.source());
        List<StateName> theirs = StateName.of(question.target());
        if (left.size() != ours.size() || right.size() != theirs.size()) {
            return Optional.of("the relation does not have one entry for each state");
        }
        if (left.stream().anyMatch(ExactRelation.Multiple.class::isInstance)) {
            return Optional.of("a state of the left side is a multiple of another");
        }
        for (int i = 0; i < right.size(); i++) {
            if (right.get(i) instanceof ExactRelation.Multiple multiple) {
                boolean fits = multiple.state() >= 0
                        && multiple.state() < ours.size()
                        && ours.get(multiple.state()).tensor() == theirs.get(i).tensor()
                        && ours.get(multiple.state()).extent() == theirs.get(i).extent()
                        && Math.abs(multiple.rateExponent()) <= Observations.MOST_EXPONENT;
                if (!fits) {
                    return Optional.of(
                            "the state " + theirs.get(i).name() + " is not of the kind that it is a multiple of");
                }
            }
        }
        return Optional.empty();
    }

    /** The same relations modulo a prime. */
    static List<Relation> modulo(PrimeField field, List<ExactRelation> relations) {
        List<Relation> residues = new ArrayList<>();
        for (ExactRelation relation : relations) {
            if (relation instanceof ExactRelation.Power power) {
                residues.add(new Relation.Power(field.of(power.start()), field.of(power.base())));
            } else if (relation instanceof ExactRelation.Multiple multiple) {
                residues.add(
                        new Relation.Multiple(multiple.state(), field.of(multiple.factor()), multiple.rateExponent()));
            } else {
                residues.add(new Relation.Free());
            }
        }
        return residues;
    }
}
