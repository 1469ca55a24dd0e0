package samestep.equation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.equation.parse.EquationParser;
import samestep.finding.Place;
import samestep.text.SourceText;

/** What is wrong with a file is reported with its line and column, and all of it at once. */
class EquationErrorTest {

    /** Each text is below an {@code optimizer} line, so that it begins at line 2; "|" separates lines. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
        w = w - eta * q                      ; 2:15 "q" is not declared, and not assigned before this line
        w = w * q * q                        ; 2:9 "q" is not declared, and not assigned before this line
        w = w - b | b = g                    ; 2:9 "b" is not declared, and not assigned before this line
        hyper mu | w = w - g                 ; 2:7 hyper-parameter "mu" is never used
        flag on | w = w - g                  ; 2:6 hyper-parameter "on" is never used
        family mu | hyper mu | w = w - g     ; 3:7 hyper-parameter "mu" is never used
        state v = 0 | w = w - v              ; 2:7 state "v" is never assigned
        hyper w | w = w - g                  ; 2:7 "w" is declared twice, or is the name of a built-in function
        eta = 1 | w = w - g                  ; 2:1 "eta" is given by the training loop and cannot be assigned
        v = g                                ; 1:1 neither w nor g is assigned: nothing would change
        1v = g | w = g                       ; 2:1 "1v" is not a name
        w = sqrt(g, w)                       ; 2:5 sqrt() takes 1 arguments, not 2
        w = clip(g, 1)                       ; 2:5 clip() takes 3 arguments, not 2
        w = sinh(g)                          ; 2:5 there is no function "sinh"
        w = norm(g)                          ; 2:5 norm() needs a second argument, what it runs over: \
        rows, columns, tensor, layer, group or all
        w = norm(g, everything)              ; 2:5 norm() needs a second argument, what it runs over: \
        rows, columns, tensor, layer, group or all
        w = mean(g, element)                 ; 2:5 mean() needs a second argument, what it runs over: \
        rows, columns, tensor, layer, group or all
        w = g g                              ; 2:7 expected an operator or the end of the line
        w = (g                               ; 2:7 expected ")"
        w = g * * w                          ; 2:9 expected a number, a name or "("
        w = 1e5x * g                         ; 2:5 this is not a number
        w                                    ; 2:1 expected "name = expression" or "when CONDITION:"
        hyper a to b | w = w - a             ; 2:1 expected "hyper NAME [from FIELD]"
        hyper | w = w - g                    ; 2:1 expected "hyper NAME [from FIELD]"
        state v | w = w - g                  ; 2:1 expected "state NAME = INITIAL VALUE"
        state rows v = 0 | v = g | w = v     ; 2:1 a state is kept per element, tensor, group or run, not "rows"
        trait epsilon | w = w - g            ; 2:1 expected "trait SUBJECT: WORDS"
        when first |     w = g               ; 2:1 expected ":" at the end of the condition
        when first: | w = g                  ; 2:1 expected indented lines below
        step: | w = g                        ; 2:1 expected indented lines below
        when first: |   v = g |     w = g    ; 4:5 this line is indented differently from the one before
        v = g |   w = v                      ; 3:3 this line is indented differently from the one before
        """)
    void anErrorHasItsPlace(String body, String expected) {
        assertEquals(List.of(expected), errors("optimizer test\n" + lines(body)));
    }

    @Test
    void theNameOfTheOptimizerIsAskedFor() {
        assertEquals(List.of("1:1 expected \"optimizer NAME\" at the top"), errors("w = w - g\n"));
    }

    @Test
    void errorsOfSyntaxOnLinesNextToEachOtherAreAllReported() {
        assertEquals(
                List.of(
                        "2:1 expected \"hyper NAME [from FIELD]\"",
                        "3:5 there is no function \"foo\"",
                        "4:5 there is no function \"bar\"",
                        "5:7 expected an operator or the end of the line"),
                errors("optimizer test\nhyper\nv = foo(g)\nu = bar(g)\nw = w w\n"));
    }

    @Test
    void errorsInsideOfBlocksAreAllReported() {
        assertEquals(
                List.of(
                        "2:8 expected an operator or the end of the line",
                        "3:9 there is no function \"foo\"",
                        "5:9 there is no function \"bar\"",
                        "6:5 there is no function \"baz\""),
                errors("""
                    optimizer test
                    when first first:
                        v = foo(g)
                    otherwise:
                        v = bar(g)
                    w = baz(g)
                    """.replace("when first", "when t")));
    }

    @Test
    void errorsOfNamesAreAllReported() {
        assertEquals(
                List.of(
                        "5:9 \"a\" is not declared, and not assigned before this line",
                        "5:13 \"b\" is not declared, and not assigned before this line",
                        "2:7 hyper-parameter \"mu\" is never used",
                        "3:7 hyper-parameter \"nu\" is never used",
                        "4:7 state \"v\" is never assigned"),
                errors("optimizer test\nhyper mu\nhyper nu\nstate v = 0\nw = w * a * b - a\n"));
    }

    @ParameterizedTest
    @CsvSource({"(, )", "-, ''", "'not ', ''", "'sqrt(', )"})
    void whatIsNestedTooDeepIsRefused(String open, String close) {
        String text = open.repeat(20_000) + "g" + close.repeat(20_000);
        List<String> errors = errors("optimizer test\nw = " + text + "\n");
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).contains("nested too deep"), errors.get(0));
    }

    /** What needs all tensors at once is not allowed where they are not available. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        state run s = norm(w, all) | s = 1 | w = s ; 2:15
        step: |     a = norm(eta, all) | w = w - a * g ; 3:9
        parameter: |     a = sum(g, layer) | w = w - a * g ; 3:9
        when norm(g, all) > 1: |     w = w - g ; 2:6
        """)
    void aReductionOverSeveralTensorsStandsInTheBodyOnly(String body, String place) {
        List<String> errors = errors("optimizer test\n" + lines(body));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).startsWith(place + " ") && errors.get(0).contains("several tensors"), errors.get(0));
    }

    private static final String ONE_BRANCH =
            " is assigned in one branch of a \"when\" only; assign it in the other, too";

    /** Without a value at a flag's other setting, or with that of an earlier update. The place is that of the use. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        flag on | when on: |     x = g | w = w - x * g                                  ; 5:9
        flag on | when on: |     v = g | otherwise: |     x = g | w = w - x             ; 7:9
        when first: |     x = g | x = x + g | w = w - x                                 ; 4:5
        when first: |     x = g | when x > 1: |     w = w - g                           ; 4:6
        when first: |     x = g | w = w - norm(x, all)                                  ; 4:14
        when t: |     when first: |         x = g |     w = w - x | w = w - g           ; 5:13
        when t: |     when k: |         x = 1 | otherwise: |     x = 2 | w = w - x * g  ; 7:9
        step: |     when first: |         x = eta | w = w - x * g                       ; 5:9
        parameter: |     when first: |         x = eta | w = w - x * g                  ; 5:9
        """)
    void aNameThatOneBranchAloneAssignsHasNoValue(String body, String place) {
        assertEquals(List.of(place + " \"x\"" + ONE_BRANCH), errors("optimizer test\n" + lines(body)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        flag on | when on: |     x = g | otherwise: |     x = w | w = w - x
        when first: |     x = g |     w = w - x
        x = 0 | when first: |     x = g | w = w - x
        state x = 0 | when first: |     x = g | w = w - x
        when t: |     when k: |         x = 1 |     otherwise: |         x = 3 | otherwise: |     x = 2 | w = w - x
        when first: |     g = g * 2 | w = w - g
        """)
    void aNameThatHasAValueWhereItIsUsedIsRight(String body) {
        assertEquals(List.of(), errors("optimizer test\n" + lines(body)));
    }

    /** There, a tensor's names would be zero. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        step: |     a = g | w = w - a                                 ; 3:9 "g"
        step: |     a = t | step: |     a = a * w_old | w = w - a * g ; 5:13 "w_old"
        state v = 0 | step: |     a = v | v = g | w = w - a * v       ; 4:9 "v"
        state tensor v = 0 | step: |     v = v + t | w = w - v * g    ; 4:9 "v"
        step: |     w = t | w = w - g                                 ; 3:5 "w"
        """)
    void whatRunsBeforeAllTensorsHasNoneOfTheirNames(String body, String place) {
        List<String> errors = errors("optimizer test\n" + lines(body));
        String expected = place + " belongs to a tensor; \"step:\" runs before all tensors";
        assertEquals(expected, errors.isEmpty() ? "" : errors.get(0));
    }

    private static String lines(String body) {
        return body.replaceAll(" *\\| ?", "\n").strip() + "\n";
    }

    private static List<String> errors(String text) {
        return EquationParser.parse(new SourceText("test.eq", text)).findings().stream()
                .map(f -> f.place().map(Place::position).orElseThrow() + " " + f.message())
                .toList();
    }
}
