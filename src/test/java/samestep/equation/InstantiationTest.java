package samestep.equation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.equation.parse.EquationParser;
import samestep.equation.print.EquationPrinter;
import samestep.text.SourceText;

/** Numbers in place of names, and nothing else changed. */
class InstantiationTest {
    private static final Equations SGD =
            EquationParser.parse(new SourceText("test.eq", """
                optimizer test
                hyper momentum
                flag nesterov
                state v = 0
                v = f32(momentum) * v + eta * g
                when nesterov:
                    w = w - momentum * v - eta * g
                otherwise:
                    w = w - v
                when first:
                    v = 1
                """)).value().orElseThrow();

    private static String print(String nesterov) {
        Map<String, Expression> values = Map.of(
                "momentum",
                Expression.literal(new BigDecimal("0.9")),
                "nesterov",
                Expression.literal(new BigDecimal(nesterov)));
        return EquationPrinter.statements(Instantiation.of(SGD.body(), values), "");
    }

    @Test
    void aBranchThatNumbersDecideIsTakenAndOthersStay() {
        assertEquals("v = 0.9 * v + eta * g\nw = w - v\nwhen first:\n    v = 1\n", print("0"));
        assertEquals("v = 0.9 * v + eta * g\nw = w - 0.9 * v - eta * g\nwhen first:\n    v = 1\n", print("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"momentum", "nesterov"})
    void noNameStaysThatHasAValue(String name) {
        assertFalse(print("1").contains(name));
        List<Statement> untouched = Instantiation.of(SGD.body(), Map.of());
        Set<String> names = Expressions.names(((Statement.Assignment) untouched.get(0)).value());
        assertTrue(names.contains("momentum"));
    }
}
