package samestep.equation.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.equation.EquationResources;
import samestep.equation.EquationResources.EquationFile;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.RandomExpressions;
import samestep.equation.parse.EquationParser;

/** What is printed is read back as what it was. */
class EquationPrinterTest {

    static List<EquationFile> files() throws IOException {
        return EquationResources.all();
    }

    @Test
    void thereAreFiles() throws IOException {
        assertFalse(files().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyShippedFileIsReadBackAsItWas(EquationFile file) {
        Equations equations = file.equations();
        String printed = EquationPrinter.print(equations);
        assertEquals(equations, EquationParser.parseOwn("printed.eq", printed));
        assertEquals(printed, EquationPrinter.print(EquationParser.parseOwn("printed.eq", printed)));
    }

    @Test
    void everyKindOfLineIsReadBackAsItWas() {
        String text = """
            optimizer test.All
            source a/b.py, some words
            family adam
            trait epsilon: inside the root
            trait state: starts at 0
            hyper beta1 from momentum
            hyper plain
            flag nesterov from use_nesterov
            state v = f32(plain)
            state tensor s = norm(w, tensor)
            state group q = 1
            state run r = 1000
            step:
                r = r * beta1
            parameter:
                s = s + 1
                q = q + 1
                when first:
                    s = 0
            when not_known == 0:
                v = v + g
            otherwise:
                when nesterov:
                    v = -(v - g) / 1E-30
            w = w - eta * clip(v, -plain, plain) * norm(g, all) * q * s * r
            """.replace("not_known", "nesterov");
        assertEquals(text, EquationPrinter.print(EquationParser.parseOwn("test.eq", text)));
    }

    @Property(tries = 2000)
    void anyExpressionIsReadBackAsItWas(@ForAll("expressions") Expression expression) {
        String printed = ExpressionPrinter.print(expression);
        Expression back = EquationParser.expression(printed).orElseThrow(() -> new AssertionError(printed));
        assertEquals(printed, ExpressionPrinter.print(back));
        assertEquals(normal(expression), normal(back), printed);
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return RandomExpressions.any("g", "w", "beta1", "t");
    }

    /** Numbers by their value, however many zeros they are written with. */
    private static Expression normal(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Expression.literal(literal.value().stripTrailingZeros());
        }
        return Expressions.withChildren(
                expression,
                Expressions.children(expression).stream()
                        .map(EquationPrinterTest::normal)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        a - (b - c)            ; a - (b - c)
        (a - b) - c            ; a - b - c
        a / (b / c) * d        ; a / (b / c) * d
        (a * b) / c            ; a * b / c
        a + (b + c)            ; a + (b + c)
        -(a * b)               ; -(a * b)
        -a * b                 ; -a * b
        a - -b                 ; a - -b
        (a < b) == c           ; (a < b) == c
        not a                  ; a == 0
        ((a))                  ; a
        .5 + 5.                ; 0.5 + 5
        1e3 * 1e-3             ; 1000 * 0.001
        1e30                   ; 1E+30
        1e999999999            ; 1E+999999999
        max(a, b) + max(a, all); max(a, b) + max(a, all)
        """)
    void parenthesesStandWhereTheyMustOnly(String text, String expected) {
        assertEquals(
                expected,
                ExpressionPrinter.print(EquationParser.expression(text).orElseThrow()));
    }

    /** A program is shared by stages whose equations and values are equal; one number has one form. */
    @Test
    void aNumberWithAnExponentIsReadBackAsItWas() {
        Expression thousand = EquationParser.expression("1e3").orElseThrow();
        assertEquals(
                thousand,
                EquationParser.expression(ExpressionPrinter.print(thousand)).orElseThrow());
    }
}
