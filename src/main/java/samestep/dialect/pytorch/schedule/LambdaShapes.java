package samestep.dialect.pytorch.schedule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.equation.Expression;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/** The functions of {@code LambdaLR} that are understood: Python text of one of a few shapes. */
public final class LambdaShapes {
    private static final String N = "(-?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d{1,3})?)";
    private static final String ONE = "1(?:\\.0)?";
    private static final Pattern LAMBDA = Pattern.compile("lambda\\s+([A-Za-z_]\\w*)\\s*:\\s*(.+)");
    private static final Pattern NUMBER = Pattern.compile(N);
    private static final Pattern SUM = Pattern.compile(N + "\\+(.+)");
    private static final Pattern PRODUCT = Pattern.compile(N + "\\*([^*].*)");
    private static final Pattern PIECE = Pattern.compile(N + "ift<(\\d{1,15})else");
    private static final Pattern INVERSE = Pattern.compile("\\(" + ONE + "\\+" + N + "\\*t\\)\\*\\*-" + N);
    private static final Pattern INVERSE_ONE = Pattern.compile(ONE + "/\\(" + ONE + "\\+" + N + "\\*t\\)");
    private static final Pattern EXPONENTIAL = Pattern.compile(N + "\\*\\*(?:t|\\(t/" + N + "\\))");
    private static final Pattern STAIRCASE = Pattern.compile(N + "\\*\\*\\(t//" + N + "\\)");
    private static final Pattern RISING = Pattern.compile("t/" + N);
    private static final Pattern POLYNOMIAL =
            Pattern.compile("\\(" + ONE + "-(t|min\\(t," + N + "\\))/" + N + "\\)(?:\\*\\*" + N + ")?");
    private static final Pattern COSINE =
            Pattern.compile("\\(0\\.5\\+0\\.5\\*math\\.cos\\(math\\.pi\\*(t|min\\(t," + N + "\\))/" + N + "\\)\\)");
    private static final Pattern SIGMOID =
            Pattern.compile(ONE + "/\\(" + ONE + "\\+math\\.exp\\(-" + N + "\\*\\(t-" + N + "\\)\\)\\)");
    private static final Expression ZERO = Expression.literal(0);
    private static final int LONGEST = 10_000;

    private LambdaShapes() {}

    /** Whether a text is of a shape that is known. */
    public static boolean isKnown(String text) {
        return form(text, Expression.literal(1)).isPresent();
    }

    /** What the function of a scheduler makes of a base rate; empty where it is not known. */
    public static Optional<ScheduleForm> form(PytorchObject scheduler, Expression rate) {
        if (scheduler.get("lr_lambda").orElse(null) instanceof PytorchValue.Curve curve) {
            return form(curve.text(), rate).or(() -> Optional.of(ScheduleForms.scaled(curve.share(), rate)));
        }
        return scheduler.text("lr_lambda").flatMap(text -> form(text, rate));
    }

    /** What the function makes of a base rate; empty where its shape is not known. */
    public static Optional<ScheduleForm> form(String text, Expression rate) {
        Matcher lambda = LAMBDA.matcher(text.strip());
        if (text.length() > LONGEST || !lambda.matches()) {
            return Optional.empty();
        }
        String body = lambda.group(2)
                .replaceAll("\\b" + Pattern.quote(lambda.group(1)) + "\\b", "t")
                .replaceAll("\\s+", "");
        return one(NUMBER, body, m -> new ScheduleForm.Constant(rate.times(n(m, 1))))
                .or(() -> pieces(body, rate))
                .or(() -> scaled(body, rate));
    }

    /** A sum or a product of a number and a shape, or a shape alone. */
    private static Optional<ScheduleForm> scaled(String body, Expression rate) {
        Matcher sum = SUM.matcher(body);
        Expression end = sum.matches() ? rate.times(n(sum, 1)) : ZERO;
        String rest = sum.matches() ? sum.group(2) : body;
        Matcher product = PRODUCT.matcher(rest);
        boolean multiplied = product.matches();
        Expression height = multiplied ? rate.times(n(product, 1)) : rate;
        String shape = multiplied ? product.group(2) : rest;
        return sum.matches()
                ? between(shape, end.plus(height), end)
                : between(shape, height, end).or(() -> falling(shape, height));
    }

    /** From a rate to another; the shape is the share of the way that is left. */
    private static Optional<ScheduleForm> between(String shape, Expression base, Expression end) {
        return one(
                        POLYNOMIAL,
                        shape,
                        m -> new ScheduleForm.Polynomial(
                                base,
                                end,
                                n(m, 3),
                                m.group(4) == null ? ScheduleForm.ONE : n(m, 4),
                                m.group(2) != null))
                .or(() -> one(COSINE, shape, m -> new Cosine(base, end, n(m, 3), m.group(2) != null)));
    }

    private static Optional<ScheduleForm> falling(String shape, Expression base) {
        return one(INVERSE, shape, m -> new ScheduleForm.InverseTime(base, n(m, 1), n(m, 2)))
                .or(() -> one(INVERSE_ONE, shape, m -> new ScheduleForm.InverseTime(base, n(m, 1), ScheduleForm.ONE)))
                .or(() -> one(STAIRCASE, shape, m -> new ScheduleForm.Staircase(base, n(m, 1), n(m, 2))))
                .or(() -> one(
                        EXPONENTIAL,
                        shape,
                        m -> new ScheduleForm.Exponential(
                                base, n(m, 1), m.group(2) == null ? ScheduleForm.ONE : n(m, 2))))
                .or(() -> one(
                        RISING, shape, m -> new ScheduleForm.Polynomial(ZERO, base, n(m, 1), ScheduleForm.ONE, false)))
                .or(() -> one(SIGMOID, shape, m -> new ScheduleForm.Sigmoid(base, n(m, 1), n(m, 2))));
    }

    private static Optional<ScheduleForm> pieces(String body, Expression rate) {
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        Matcher piece = PIECE.matcher(body);
        int at = 0;
        while (piece.find(at) && piece.start() == at) {
            values.add(rate.times(n(piece, 1)));
            starts.add(Long.parseLong(piece.group(2)));
            at = piece.end();
        }
        Matcher last = NUMBER.matcher(body.substring(at));
        if (starts.isEmpty()
                || !last.matches()
                || !starts.stream().sorted().toList().equals(starts)) {
            return Optional.empty();
        }
        values.add(rate.times(n(last, 1)));
        return Optional.of(new ScheduleForm.Steps(starts, values));
    }

    private static Optional<ScheduleForm> one(Pattern pattern, String body, Function<Matcher, ScheduleForm> shape) {
        Matcher matcher = pattern.matcher(body);
        return matcher.matches() ? Optional.of(shape.apply(matcher)) : Optional.empty();
    }

    private static Expression n(Matcher matcher, int group) {
        return Expression.literal(new BigDecimal(matcher.group(group)));
    }
}
