package samestep.dialect.tensorflow.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Value.Of;
import samestep.dialect.tensorflow.graph.Value.Uniform;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Function;

/** What operations that work entry by entry make of values. Source: tensorflow/core/ops/math_ops.cc, array_ops.cc. */
final class ElementwiseOps {
    private static final Expression ONE = Expression.literal(1);

    private static final Set<String> KNOWN = Set.of(
            "Add",
            "AddV2",
            "AddN",
            "Sub",
            "Neg",
            "Mul",
            "RealDiv",
            "Div",
            "DivNoNan",
            "FloorDiv",
            "FloorMod",
            "Pow",
            "Exp",
            "Log",
            "Sqrt",
            "Rsqrt",
            "Square",
            "Floor",
            "Ceil",
            "Cos",
            "Abs",
            "Sign",
            "Minimum",
            "Maximum",
            "Reciprocal",
            "Inv",
            "Less",
            "LessEqual",
            "Greater",
            "GreaterEqual",
            "Equal",
            "NotEqual",
            "LogicalAnd",
            "LogicalOr",
            "LogicalNot",
            "Select",
            "SelectV2",
            "IsFinite",
            "ClipByValue");

    private ElementwiseOps() {}

    /** Whether it is one of them. */
    static boolean knows(String op) {
        return KNOWN.contains(op);
    }

    /** The value of an operation's output. */
    static Value apply(String op, String type, List<Value> in) {
        if (!knows(op) || in.isEmpty()) {
            return Value.UNKNOWN;
        }
        return switch (op) {
            case "Add", "AddV2", "AddN" ->
                in.stream().reduce(ValueArithmetic::sum).orElse(Value.UNKNOWN);
            case "Sub" -> ValueArithmetic.difference(in.get(0), in.get(1));
            case "Neg" -> ValueArithmetic.negative(in.get(0));
            case "Mul" -> ValueArithmetic.product(in.get(0), in.get(1));
            case "RealDiv", "DivNoNan", "Div" -> quotient(in.get(0), in.get(1), type);
            case "Abs" ->
                in.get(0) instanceof Uniform ? numbers(op, in) : ValueArithmetic.applied(in.get(0), Of.ABSOLUTE);
            case "Sign" -> in.get(0) instanceof Uniform ? numbers(op, in) : ValueArithmetic.applied(in.get(0), Of.SIGN);
            case "Square" ->
                in.get(0) instanceof Uniform ? numbers(op, in) : ValueArithmetic.applied(in.get(0), Of.SQUARE);
            default -> numbers(op, in);
        };
    }

    private static Value quotient(Value a, Value b, String type) {
        Optional<Expression> divisor = b.uniform();
        if (divisor.isEmpty()) {
            return Value.UNKNOWN;
        }
        boolean whole = DataType.isWhole(type);
        return ValueArithmetic.changed(a, c -> whole ? floor(c.over(divisor.get())) : c.over(divisor.get()));
    }

    private static Value numbers(String op, List<Value> in) {
        List<Optional<Expression>> given = in.stream().map(Value::uniform).toList();
        if (!given.stream().allMatch(Optional::isPresent)) {
            return Value.UNKNOWN;
        }
        List<Expression> x = given.stream().flatMap(Optional::stream).toList();
        Optional<Expression> result =
                x.size() == 1 ? ofOne(op, x.get(0)) : x.size() == 2 ? ofTwo(op, x) : ofThree(op, x);
        return result.<Value>map(Uniform::new).orElse(Value.UNKNOWN);
    }

    private static Optional<Expression> ofOne(String op, Expression x) {
        return Optional.ofNullable(
                switch (op) {
                    case "Exp" -> Expression.call(Function.EXP, x);
                    case "Log" -> Expression.call(Function.LOG, x);
                    case "Sqrt" -> Expression.call(Function.SQRT, x);
                    case "Rsqrt" -> ONE.over(Expression.call(Function.SQRT, x));
                    case "Square" -> x.times(x);
                    case "Floor" -> floor(x);
                    case "Ceil" -> new Expression.Negation(floor(new Expression.Negation(x)));
                    case "Cos" -> Expression.call(Function.COS, x);
                    case "Abs" -> Expression.call(Function.ABS, x);
                    case "Sign" -> Expression.call(Function.SIGN, x);
                    case "Reciprocal", "Inv" -> ONE.over(x);
                    case "LogicalNot" -> ONE.minus(x);
                    // Of a number that is one before the run, and of a norm.
                    case "IsFinite" -> ONE;
                    default -> null;
                });
    }

    private static Optional<Expression> ofTwo(String op, List<Expression> x) {
        Expression a = x.get(0);
        Expression b = x.get(1);
        return Optional.ofNullable(
                switch (op) {
                    case "FloorDiv" -> floor(a.over(b));
                    case "FloorMod" -> a.minus(b.times(floor(a.over(b))));
                    case "Pow" -> a.power(b);
                    case "Minimum", "LogicalAnd" -> Expression.call(Function.MIN, a, b);
                    case "Maximum", "LogicalOr" -> Expression.call(Function.MAX, a, b);
                    case "Less" -> new Expression.Comparing(Comparison.LESS, a, b);
                    case "LessEqual" -> new Expression.Comparing(Comparison.AT_MOST, a, b);
                    case "Greater" -> new Expression.Comparing(Comparison.GREATER, a, b);
                    case "GreaterEqual" -> new Expression.Comparing(Comparison.AT_LEAST, a, b);
                    case "Equal" -> new Expression.Comparing(Comparison.EQUAL, a, b);
                    case "NotEqual" -> ONE.minus(new Expression.Comparing(Comparison.EQUAL, a, b));
                    default -> null;
                });
    }

    private static Optional<Expression> ofThree(String op, List<Expression> x) {
        return switch (op) {
            case "Select", "SelectV2" -> Optional.of(where(x.get(0), x.get(1), x.get(2)));
            case "ClipByValue" -> Optional.of(Expression.call(Function.CLIP, x.get(0), x.get(1), x.get(2)));
            default -> Optional.empty();
        };
    }

    /** One of two numbers. */
    static Expression where(Expression condition, Expression yes, Expression no) {
        if (condition instanceof Expression.Literal literal) {
            return literal.value().signum() != 0 ? yes : no;
        }
        return yes.equals(no) ? yes : Expression.call(Function.WHERE, condition, yes, no);
    }

    private static Expression floor(Expression x) {
        return Expression.call(Function.FLOOR, x);
    }
}
