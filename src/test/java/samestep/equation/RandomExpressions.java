package samestep.equation;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Call;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expression.Negation;
import samestep.equation.Expression.Reduced;
import samestep.equation.parse.EquationParser;

/** Expressions as a parser makes them: numbers have no sign of their own. */
public final class RandomExpressions {
    private RandomExpressions() {}

    /** Everything the language has, over these names. */
    public static Arbitrary<Expression> any(String... names) {
        return nested(leaves(names), true, 4);
    }

    /** Without comparisons and reductions, and with numbers of ordinary size. */
    public static Arbitrary<Expression> smooth(String... names) {
        return nested(leaves(names), false, 3);
    }

    private static Arbitrary<Expression> leaves(String... names) {
        Arbitrary<Expression> numbers = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(1000))
                .ofScale(4)
                .map(Expression::literal);
        Arbitrary<Expression> powers = Arbitraries.integers()
                .between(-12, 40)
                .map(e -> EquationParser.expression("1e" + e).orElseThrow());
        Arbitrary<Expression> whole = Arbitraries.integers().between(0, 9).map(Expression::literal);
        Arbitrary<Expression> variables = Arbitraries.of(names).map(Expression::name);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, numbers),
                net.jqwik.api.Tuple.of(1, whole),
                net.jqwik.api.Tuple.of(1, powers),
                net.jqwik.api.Tuple.of(4, variables));
    }

    private static Arbitrary<Expression> nested(Arbitrary<Expression> leaves, boolean all, int depth) {
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<Expression> part = Arbitraries.lazy(() -> nested(leaves, all, depth - 1));
        Arbitrary<Expression> arithmetic =
                Combinators.combine(Arbitraries.of(Operator.class), part, part).as(Arithmetic::new);
        Arbitrary<Expression> call = Arbitraries.of(Function.class)
                .flatMap(f -> part.list().ofSize(f.arity()).map(arguments -> new Call(f, arguments)));
        if (!all) {
            return Arbitraries.oneOf(List.of(leaves, arithmetic, arithmetic, part.map(Negation::new), call));
        }
        Arbitrary<Expression> comparing = Combinators.combine(Arbitraries.of(Comparison.class), part, part)
                .as(Comparing::new);
        Arbitrary<Extent> extents = Arbitraries.of(Extent.class).filter(e -> e != Extent.ELEMENT);
        Arbitrary<Expression> reduced = Combinators.combine(Arbitraries.of(Reduction.class), part, extents)
                .as(Reduced::new);
        return Arbitraries.oneOf(
                List.of(leaves, arithmetic, arithmetic, part.map(Negation::new), call, comparing, reduced));
    }
}
