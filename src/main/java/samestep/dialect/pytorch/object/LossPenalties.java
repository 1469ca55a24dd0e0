package samestep.dialect.pytorch.object;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty.Norm;

/**
 * Penalties that a training script adds to the loss itself, as Python text of a few shapes: {@code loss = loss + 0.01 * sum(...
 * for n, p in model.named_parameters() if n.endswith('weight'))}. PyTorch's own optimizers have no L1.
 */
public final class LossPenalties {
    private static final String HEAD = "loss = loss + ";
    private static final String ABSOLUTE = "p.abs().sum()";
    private static final String SQUARES = "(p ** 2).sum()";
    private static final String EACH = " for n, p in model.named_parameters()";
    private static final String EACH_UNNAMED = " for p in model.parameters()";
    private static final Pattern PENALTY = Pattern.compile("(?:" + Pattern.quote(HEAD)
            + ")?((?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d{1,3})?) \\* sum\\(("
            + Pattern.quote(ABSOLUTE) + "|" + Pattern.quote(SQUARES) + ")"
            + "(?:" + Pattern.quote(EACH) + "(?: if (.*))?|" + Pattern.quote(EACH_UNNAMED) + "( if p\\.ndim > 1)?)\\)");
    private static final Pattern NAMES = Pattern.compile("n in \\(((?:['\"][^'\"]*['\"],? ?)+)\\)");

    private static final Pattern PLAIN = Pattern.compile("[\\w./:+ -]+");

    private static final Set<Role> BIASES = EnumSet.of(Role.BIAS, Role.BETA);
    private static final Set<Role> VECTORS = EnumSet.of(Role.BIAS, Role.BETA, Role.GAMMA, Role.ALPHA);

    /** What is read, in words. */
    public static final String SHAPES = "A line is read of this shape: " + HEAD + "0.01 * sum(" + SQUARES + EACH
            + " if n.endswith('weight')). \"" + HEAD.strip() + "\" may be missing; the sum may be of " + ABSOLUTE
            + ", and over \"p in model.parameters()\"; the condition is missing, or p.ndim > 1, n.endswith('bias'),"
            + " or n in (...).";

    private LossPenalties() {}

    /**
     * The penalty that a line says; empty where it has another shape.
     *
     * @param named the parameter that has a name
     */
    public static Optional<BeforeStep> read(String line, Place place, Function<String, List<ParameterName>> named) {
        Matcher matcher = PENALTY.matcher(line.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Quantity factor = new Quantity(
                Expression.literal(new BigDecimal(matcher.group(1))), matcher.group(1), new Origin.Written(place));
        Norm norm = matcher.group(2).equals(ABSOLUTE) ? Norm.L1 : Norm.L2;
        // The sum of squares has no half in front: its gradient is twice the number times the weight.
        Quantity coefficient = norm == Norm.L1
                ? factor
                : factor.derived(factor.value().times(Expression.literal(2)), "2 * " + factor.text());
        Optional<String> condition = Optional.ofNullable(matcher.group(3))
                .or(() -> Optional.ofNullable(matcher.group(4)).map(ofOneName -> ofOneName.substring(4)));
        return members(condition, named).map(members -> new BeforeStep(new Stage.Penalty(norm, coefficient), members));
    }

    private static Optional<Members> members(Optional<String> condition, Function<String, List<ParameterName>> named) {
        if (condition.isEmpty()) {
            return Optional.of(new Members.Rest());
        }
        String words = condition.get().replace('"', '\'');
        Optional<Set<Role>> roles =
                sets().stream().filter(s -> condition(s).equals(words)).findFirst();
        if (roles.isPresent()) {
            return Optional.of(new Members.OfRole(roles.get()));
        }
        Matcher names = NAMES.matcher(words);
        return names.matches()
                ? Optional.of(new Members.Named(Arrays.stream(names.group(1).split(","))
                        .map(n -> n.strip().replace("'", ""))
                        .filter(n -> !n.isEmpty())
                        .flatMap(n -> named.apply(n).stream())
                        .distinct()
                        .toList()))
                : Optional.empty();
    }

    private static List<Set<Role>> sets() {
        return List.of(
                EnumSet.complementOf(EnumSet.copyOf(BIASES)), BIASES, EnumSet.complementOf(EnumSet.copyOf(VECTORS)));
    }

    /** How Python picks the parameters of some roles. */
    private static String condition(Set<Role> roles) {
        return roles.equals(BIASES)
                ? "n.endswith('bias')"
                : roles.contains(Role.GAMMA) ? "n.endswith('weight')" : "p.ndim > 1";
    }

    /** The condition for those roles of a model that is not known; empty where there is no such condition. */
    public static Optional<Members> ofUsual(Set<Role> roles) {
        if (roles.containsAll(ParameterNames.USUAL_ROLES)) {
            return Optional.of(new Members.Rest());
        }
        return sets().stream()
                .filter(set -> ParameterNames.USUAL_ROLES.stream().allMatch(r -> set.contains(r) == roles.contains(r)))
                .findFirst()
                .map(Members.OfRole::new);
    }

    /** Whether a name can be written in a line. */
    public static boolean isSayable(ParameterName name) {
        return PLAIN.matcher(ParameterNames.of(name).replace("*", "")).matches();
    }

    /** The line that says a penalty. */
    public static String line(Norm norm, String factor, Members members, TorchNames torch) {
        String condition = "";
        if (members instanceof Members.Named named) {
            List<String> names = torch.all(named.names());
            condition = names.stream()
                    .map(n -> "'" + n + "'")
                    .collect(Collectors.joining(", ", " if n in (", names.size() == 1 ? ",)" : ")"));
        } else if (members instanceof Members.OfRole of) {
            condition = " if " + condition(of.roles());
        }
        return HEAD + factor + " * sum(" + (norm == Norm.L1 ? ABSOLUTE : SQUARES) + EACH + condition + ")";
    }

    /** The lines of several penalties. */
    public static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
