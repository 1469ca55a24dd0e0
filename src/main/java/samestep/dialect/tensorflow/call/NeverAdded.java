package samestep.dialect.tensorflow.call;

import java.util.List;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.Parameter;

/** Penalties that are collected and never reach the loss: what is wrong, and how it is mended. */
public final class NeverAdded {
    /** The collection of penalties in a graph. */
    public static final String COLLECTION = "REGULARIZATION_LOSSES";

    private NeverAdded() {}

    /** One finding for all of them; none where there are none. */
    public static List<Finding> findings(List<Parameter> parameters) {
        List<Parameter> left = parameters.stream()
                .filter(p -> !p.stages(DeclaredPenalty.class).isEmpty())
                .toList();
        if (left.isEmpty()) {
            return List.of();
        }
        DeclaredPenalty first = left.get(0).stages(DeclaredPenalty.class).get(0);
        String coefficient = first.penalty().coefficient().written();
        return List.of(Finding.of(
                        Code.SS111,
                        "the penalty of " + ParameterList.count(left) + " (" + coefficient
                                + " * w in the gradient) is in" + " the collection " + first.where()
                                + " and in no loss: it does nothing")
                .at(first.penalty().coefficient().place().or(() -> left.get(0).place()))
                .labelled(ParameterList.others(left))
                .detail("Minimize the loss with its penalties: loss = tf.compat.v1.losses.get_total_loss()")
                .detail("or add them: loss += tf.compat.v1.losses.get_regularization_loss()"));
    }
}
