package samestep.dialect.curve;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;

/**
 * One curve without conditions in it, as a normal form: {@code shift + scale * shape}.
 *
 * @param shape without the numbers that it is multiplied by and added to
 */
record Curves(Expression shift, Expression scale, Expression shape) {
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression ONE = Expression.literal(1);

    /**
     * The form.
     *
     * @param length of a piece that others follow
     * @return empty where it is not a known curve
     */
    static Optional<ScheduleForm> of(Expression expression, Optional<BigDecimal> length) {
        if (!Line.hasStep(expression)) {
            return Optional.of(new ScheduleForm.Constant(expression));
        }
        Optional<Line> line = Line.of(expression);
        if (line.isPresent()) {
            return Optional.of(linear(line.get(), length));
        }
        Curves curve = stripped(expression, ZERO, ONE);
        return curve.form();
    }

    private static ScheduleForm linear(Line line, Optional<BigDecimal> length) {
        if (line.direction() == 0) {
            return new ScheduleForm.Constant(line.start());
        }
        boolean falls = line.direction() < 0 && Line.value(line.start()).signum() > 0;
        if (length.isPresent() && !falls) {
            Expression end = Expression.literal(length.get());
            return new ScheduleForm.Polynomial(line.start(), line.at(end), end, ONE, false);
        }
        return falls
                ? new ScheduleForm.Polynomial(line.start(), ZERO, line.root(), ONE, false)
                : new ScheduleForm.Polynomial(line.start(), line.at(ONE), ONE, ONE, false);
    }

    /** Takes off what is added and multiplied, from outside to inside. */
    private static Curves stripped(Expression expression, Expression shift, Expression scale) {
        if (expression instanceof Expression.Negation negation) {
            return stripped(negation.operand(), shift, Line.product(Expression.literal(-1), scale));
        }
        if (!(expression instanceof Expression.Arithmetic arithmetic)) {
            return new Curves(shift, scale, expression);
        }
        Expression left = arithmetic.left();
        Expression right = arithmetic.right();
        boolean isLeft = !Line.hasStep(left);
        if (!isLeft && Line.hasStep(right)) {
            return new Curves(shift, scale, expression);
        }
        Expression constant = isLeft ? left : right;
        Expression rest = isLeft ? right : left;
        return switch (arithmetic.operator()) {
            case ADD -> stripped(rest, Line.plus(shift, Line.product(scale, constant)), scale);
            case SUBTRACT -> {
                Expression sign = Expression.literal(-1);
                yield isLeft
                        ? stripped(rest, Line.plus(shift, Line.product(scale, constant)), Line.product(sign, scale))
                        : stripped(rest, Line.plus(shift, Line.product(sign, Line.product(scale, constant))), scale);
            }
            case MULTIPLY -> stripped(rest, shift, Line.product(scale, constant));
            case DIVIDE ->
                isLeft
                        ? new Curves(shift, Line.product(scale, constant), ONE.over(rest))
                        : stripped(rest, shift, Line.over(scale, constant));
        };
    }

    private Optional<ScheduleForm> form() {
        if (shape instanceof Expression.Arithmetic quotient
                && quotient.operator() == Operator.DIVIDE
                && !Line.hasStep(quotient.left())) {
            return inverse(quotient.right());
        }
        if (!(shape instanceof Expression.Call call)) {
            return Optional.empty();
        }
        Expression inner = call.arguments().get(0);
        return switch (call.function()) {
            case POW -> power(inner, call.arguments().get(1));
            case EXP -> Line.of(inner).filter(l -> Line.isZero(shift)).map(this::exponential);
            case COS -> cosine(inner);
            default -> Optional.empty();
        };
    }

    private ScheduleForm exponential(Line exponent) {
        Expression first = Line.isZero(exponent.start())
                ? scale
                : Line.product(scale, Expression.call(Function.EXP, exponent.start()));
        return new ScheduleForm.Exponential(first, Expression.call(Function.EXP, exponent.slope()), ONE);
    }

    private Optional<ScheduleForm> power(Expression base, Expression exponent) {
        if (!Line.hasStep(exponent)) {
            return Line.of(base).flatMap(line -> powerOfLine(line, exponent));
        }
        if (Line.hasStep(base) || !Line.isZero(shift) || Line.value(base).signum() <= 0) {
            return Optional.empty();
        }
        return Line.of(exponent)
                .filter(line -> line.direction() != 0)
                .<ScheduleForm>map(line -> new ScheduleForm.Exponential(
                        raised(base, line.start()),
                        line.direction() > 0 ? base : ONE.over(base),
                        line.direction() > 0
                                ? Line.over(ONE, line.slope())
                                : Line.over(Expression.literal(-1), line.slope())))
                .or(() -> staircase(base, exponent));
    }

    /** {@code base ** (t // every)}, also with something added to the step. */
    private Optional<ScheduleForm> staircase(Expression base, Expression exponent) {
        Curves steps = stripped(exponent, ZERO, ONE);
        if (!(steps.shape instanceof Expression.Call floor)
                || floor.function() != Function.FLOOR
                || !StepForms.isSame(steps.scale, ONE)) {
            return Optional.empty();
        }
        return Line.of(floor.arguments().get(0))
                .filter(line -> line.direction() > 0 && Line.isZero(line.start()))
                .map(line -> new ScheduleForm.Staircase(raised(base, steps.shift), base, Line.over(ONE, line.slope())));
    }

    private Expression raised(Expression base, Expression exponent) {
        return Line.isZero(exponent) ? scale : Line.product(scale, base.power(exponent));
    }

    private Optional<ScheduleForm> powerOfLine(Line line, Expression exponent) {
        if (line.direction() == 0 || Line.value(line.start()).signum() <= 0) {
            return Optional.empty();
        }
        Expression first = StepForms.isSame(line.start(), ONE)
                ? scale
                : Line.product(scale, line.start().power(exponent));
        if (line.direction() < 0) {
            Expression horizon = line.root();
            return Optional.of(new ScheduleForm.Polynomial(Line.plus(first, shift), shift, horizon, exponent, false));
        }
        return Line.isZero(shift) && Line.value(exponent).signum() < 0
                ? Optional.of(new ScheduleForm.InverseTime(
                        first, Line.over(line.slope(), line.start()), Line.product(Expression.literal(-1), exponent)))
                : Optional.empty();
    }

    /** What {@code 1 / ...} is. */
    private Optional<ScheduleForm> inverse(Expression divisor) {
        Expression one = Expression.literal(-1);
        if (divisor instanceof Expression.Call root && root.function() == Function.POW) {
            Expression exponent = root.arguments().get(1);
            return Line.hasStep(exponent)
                    ? Optional.empty()
                    : Line.of(root.arguments().get(0)).flatMap(line -> powerOfLine(line, Line.product(one, exponent)));
        }
        Optional<Line> line = Line.of(divisor);
        return line.isPresent() ? powerOfLine(line.get(), one) : sigmoid(divisor);
    }

    /** {@code 1 / (1 + exp(-slope * (t - centre)))}. */
    private Optional<ScheduleForm> sigmoid(Expression divisor) {
        Curves inner = stripped(divisor, ZERO, ONE);
        boolean isSigmoid = inner.shape instanceof Expression.Call exp
                && exp.function() == Function.EXP
                && StepForms.isSame(inner.shift, ONE)
                && StepForms.isSame(inner.scale, ONE)
                && Line.isZero(shift);
        if (!isSigmoid) {
            return Optional.empty();
        }
        return Line.of(((Expression.Call) inner.shape).arguments().get(0))
                .filter(line -> line.direction() != 0)
                .map(line -> new ScheduleForm.Sigmoid(
                        scale, Line.product(Expression.literal(-1), line.slope()), line.root()));
    }

    /** {@code shift + scale * cos(pi * (t + phase) / horizon)}. */
    private Optional<ScheduleForm> cosine(Expression angle) {
        Optional<Line> turns = Line.of(inTurns(angle));
        boolean isWave = turns.isPresent() && turns.get().direction() != 0 && hasPi(angle, turns.get());
        if (!isWave) {
            return Optional.empty();
        }
        Line line = turns.orElseThrow();
        boolean back = line.direction() < 0;
        Line forward = back ? line.times(Expression.literal(-1)) : line;
        return Optional.of(new Cosine(
                Line.plus(shift, scale),
                Line.plus(shift, Line.product(Expression.literal(-1), scale)),
                Line.over(ONE, forward.slope()),
                Line.over(forward.start(), forward.slope()),
                false));
    }

    /** The angle with one for the circle's number: half turns, where it is a multiple of that. */
    private static Expression inTurns(Expression angle) {
        return Expressions.replaceNumbers(angle, Map.of(((Expression.Literal) Cosine.PI).value(), ONE));
    }

    private static boolean hasPi(Expression angle, Line turns) {
        return Line.of(angle)
                .filter(line -> StepForms.isSame(line.slope(), turns.slope().times(Cosine.PI))
                        && StepForms.isSame(line.start(), turns.start().times(Cosine.PI)))
                .isPresent();
    }
}
