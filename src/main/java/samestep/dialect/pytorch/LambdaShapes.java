package samestep.dialect.pytorch;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.equation.Expression;
import samestep.recipe.ScheduleForm;

/** The functions of {@code LambdaLR} that are understood: Python text of one of a few shapes. */
final class LambdaShapes {
    private static final String N = "((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[-+]?[0-9]{1,3})?)";
    private static final Pattern LAMBDA = Pattern.compile("lambda\\s+([A-Za-z_]\\w*)\\s*:\\s*(.+)");
    private static final Pattern INVERSE = Pattern.compile("\\(1(?:\\.0)?\\+" + N + "\\*t\\)\\*\\*-" + N);
    private static final Pattern INVERSE_ONE = Pattern.compile("1(?:\\.0)?/\\(1(?:\\.0)?\\+" + N + "\\*t\\)");
    private static final Pattern POWER = Pattern.compile(N + "\\*\\*t");
    private static final Pattern STAIRCASE = Pattern.compile(N + "\\*\\*\\(t//" + N + "\\)");
    private static final Pattern POLYNOMIAL = Pattern.compile("\\(1(?:\\.0)?-t/" + N + "\\)(?:\\*\\*" + N + ")?");
    private static final Pattern SIGMOID =
            Pattern.compile("1(?:\\.0)?/\\(1(?:\\.0)?\\+math\\.exp\\(-" + N + "\\*\\(t-" + N + "\\)\\)\\)");

    private LambdaShapes() {}

    /** What the function makes of a base rate; empty where its shape is not known. */
    static Optional<ScheduleForm> form(String text, Expression base) {
        Matcher lambda = LAMBDA.matcher(text.strip());
        if (!lambda.matches()) {
            return Optional.empty();
        }
        String body = lambda.group(2)
                .replaceAll("\\b" + Pattern.quote(lambda.group(1)) + "\\b", "t")
                .replaceAll("\\s+", "");
        return inverse(body, base)
                .or(() -> one(POWER, body, m -> new ScheduleForm.Exponential(base, n(m, 1), ScheduleForm.ONE)))
                .or(() -> one(STAIRCASE, body, m -> new ScheduleForm.Staircase(base, n(m, 1), n(m, 2))))
                .or(() -> one(
                        POLYNOMIAL,
                        body,
                        m -> new ScheduleForm.Polynomial(
                                base,
                                Expression.literal(0),
                                n(m, 1),
                                m.group(2) == null ? ScheduleForm.ONE : n(m, 2),
                                false)))
                .or(() -> one(SIGMOID, body, m -> new ScheduleForm.Sigmoid(base, n(m, 1), n(m, 2))));
    }

    private static Optional<ScheduleForm> inverse(String body, Expression base) {
        return one(INVERSE, body, m -> new ScheduleForm.InverseTime(base, n(m, 1), n(m, 2)))
                .or(() -> one(INVERSE_ONE, body, m -> new ScheduleForm.InverseTime(base, n(m, 1), ScheduleForm.ONE)));
    }

    private interface Shape {
        ScheduleForm of(Matcher matcher);
    }

    private static Optional<ScheduleForm> one(Pattern pattern, String body, Shape shape) {
        Matcher matcher = pattern.matcher(body);
        return matcher.matches() ? Optional.of(shape.of(matcher)) : Optional.empty();
    }

    private static Expression n(Matcher matcher, int group) {
        return Expression.literal(new BigDecimal(matcher.group(group)));
    }
}
