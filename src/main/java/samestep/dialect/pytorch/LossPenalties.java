package samestep.dialect.pytorch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.dialect.pytorch.PytorchConfiguration.BeforeStep;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty.Norm;

/**
 * Penalties that a training script adds to the loss itself, as Python text of one shape: {@code loss = loss + 0.01 * sum(...
 * for n, p in model.named_parameters() if n.endswith('weight'))}. PyTorch's own optimizers have no L1.
 */
final class LossPenalties {
    private static final String N = "([0-9.]+(?:e[-+]?[0-9]{1,3})?)";
    private static final Pattern PENALTY = Pattern.compile("loss\\s*=\\s*loss\\s*\\+\\s*" + N
            + "\\s*\\*\\s*sum\\((p\\.abs\\(\\)\\.sum\\(\\)|\\(p\\s*\\*\\*\\s*2\\)\\.sum\\(\\))"
            + " for n, p in model\\.named_parameters\\(\\)(?: if n\\.endswith\\(['\"](weight|bias)['\"]\\))?\\)");
    private static final List<Role> WEIGHTS =
            List.of(Role.KERNEL, Role.DEPTHWISE_KERNEL, Role.RECURRENT_KERNEL, Role.GAMMA, Role.ALPHA, Role.EMBEDDINGS);
    private static final List<Role> BIASES = List.of(Role.BIAS, Role.BETA);

    private LossPenalties() {}

    /** The penalty that a line says; empty where it has another shape. */
    static Optional<BeforeStep> read(String line, Place place) {
        Matcher matcher = PENALTY.matcher(line.strip());
        if (!matcher.matches() || !matcher.group(1).matches("\\d*\\.?\\d+.*|\\d+\\.")) {
            return Optional.empty();
        }
        Quantity factor = new Quantity(
                Expression.literal(new BigDecimal(matcher.group(1))), matcher.group(1), new Origin.Written(place));
        Norm norm = matcher.group(2).startsWith("p.abs") ? Norm.L1 : Norm.L2;
        // The sum of squares has no half in front: its gradient is twice the number times the weight.
        Quantity coefficient = norm == Norm.L1
                ? factor
                : factor.derived(factor.value().times(Expression.literal(2)), "2 * " + factor.text());
        List<Role> roles =
                matcher.group(3) == null ? List.of() : matcher.group(3).equals("weight") ? WEIGHTS : BIASES;
        return Optional.of(new BeforeStep(new Stage.Penalty(norm, coefficient), roles));
    }

    /** The lines of several penalties. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        return lines;
    }
}
