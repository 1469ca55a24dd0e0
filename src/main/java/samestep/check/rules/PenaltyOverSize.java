package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.syntax.python.PythonFile;
import samestep.syntax.python.Trees;
import samestep.syntax.python.tree.Expression;

/**
 * {@code l2(decay)(w) / tf.size(w)}: a penalty divided by the number of elements of its tensor. A kernel of 3x3x256x256 is
 * then decayed 589824 times less than the number says. Source: matterport/Mask_RCNN#1727.
 */
final class PenaltyOverSize implements Rule {
    private static final Pattern PENALTY = Pattern.compile("regularizer|l2_loss|\\bl[12]\\b|weight_decay");
    private static final Pattern SIZE = Pattern.compile("\\b(?:size|numel)\\s*\\(");
    private static final Set<String> PENALTIES =
            Set.of("l1", "l2", "l1_l2", "L1", "L2", "L1L2", "l2_loss", "l2_regularizer", "l1_regularizer");
    private static final Set<String> SIZES = Set.of("size", "numel");

    @Override
    public Code code() {
        return Code.SS614;
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        for (PythonFile file : ProgramWalk.parts(subject.source(), PENALTY, SIZE)) {
            ProgramWalk.each(file, expression -> {
                if (expression instanceof Expression.Binary quotient
                        && quotient.operator().equals("/")
                        && isOver(quotient)) {
                    findings.add(Finding.at(
                                    new Place(file.source(), quotient.span()),
                                    Code.SS614,
                                    "the penalty of each tensor is divided by its number of elements:"
                                            + " large kernels are nearly not decayed")
                            .detail("A weight decay is the same for every weight. Add the sum, without the division."));
                }
            });
        }
        return findings;
    }

    /** A penalty of a tensor over the size of the same tensor. */
    private static boolean isOver(Expression.Binary quotient) {
        Set<String> penalized = new TreeSet<>();
        Trees.eachExpression(quotient.left(), e -> {
            if (e instanceof Expression.Call call && isPenalty(call)) {
                call.arguments().forEach(argument -> names(argument.value(), penalized));
            }
        });
        Set<String> sized = new TreeSet<>();
        Trees.eachExpression(quotient.right(), e -> {
            if (e instanceof Expression.Call call && SIZES.contains(ProgramWalk.called(e))) {
                names(call.function(), sized);
                call.arguments().forEach(argument -> names(argument.value(), sized));
            }
        });
        penalized.retainAll(sized);
        return !penalized.isEmpty();
    }

    /** {@code l2_loss(w)}, or what {@code l2(decay)} makes, called with the tensor. */
    private static boolean isPenalty(Expression.Call call) {
        return ProgramWalk.called(call).equals("l2_loss") || PENALTIES.contains(ProgramWalk.called(call.function()));
    }

    private static void names(Expression expression, Set<String> names) {
        Trees.eachExpression(expression, e -> {
            if (e instanceof Expression.Name name) {
                names.add(name.id());
            }
        });
    }
}
