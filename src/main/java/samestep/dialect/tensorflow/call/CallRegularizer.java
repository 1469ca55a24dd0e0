package samestep.dialect.tensorflow.call;

import java.util.ArrayList;
import java.util.List;
import samestep.dialect.tensorflow.program.call.GivenCall;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty.Norm;

/**
 * The penalties that a regularizer's call declares. Keras' {@code l2(l)} is {@code l * sum(w^2)}, so that its gradient is
 * {@code 2 * l * w}; slim's {@code l2_regularizer(s)} is {@code s * tf.nn.l2_loss(w)}, which has the half, so that it is
 * {@code s * w}. Sources: keras/regularizers.py of 2.15, tf_slim/layers/regularizers.py of 1.1.0.
 */
public final class CallRegularizer {
    private CallRegularizer() {}

    public static List<Stage.Penalty> penalties(GivenCall call) {
        return switch (call.name()) {
            case "l2_regularizer" -> of(Norm.L2, call.number("scale", 0, "0"));
            case "l1_regularizer" -> of(Norm.L1, call.number("scale", 0, "0"));
            case "l1_l2_regularizer" -> both(call.number("scale_l1", 0, "1.0"), call.number("scale_l2", 1, "1.0"));
            case "l2", "L2" -> of(Norm.L2, twice(call.number("l2", 0, "0.01")));
            case "l1", "L1" -> of(Norm.L1, call.number("l1", 0, "0.01"));
            case "l1_l2" -> both(call.number("l1", 0, "0.01"), twice(call.number("l2", 1, "0.01")));
            case "L1L2" -> both(call.number("l1", 0, "0.0"), twice(call.number("l2", 1, "0.0")));
            default -> {
                call.report(Code.SS010, "the regularizer " + call.name() + " cannot be read yet");
                yield List.of();
            }
        };
    }

    private static Quantity twice(Quantity l2) {
        return l2.derived(Expression.literal(2).times(l2.value()), "2 * l2");
    }

    private static List<Stage.Penalty> both(Quantity l1, Quantity l2) {
        List<Stage.Penalty> penalties = new ArrayList<>(of(Norm.L1, l1));
        penalties.addAll(of(Norm.L2, l2));
        return penalties;
    }

    private static List<Stage.Penalty> of(Norm norm, Quantity coefficient) {
        return coefficient.isZero() ? List.of() : List.of(new Stage.Penalty(norm, coefficient));
    }
}
