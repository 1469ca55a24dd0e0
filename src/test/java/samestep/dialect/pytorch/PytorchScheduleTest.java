package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchNumbers;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.LambdaShapes;
import samestep.dialect.pytorch.schedule.PytorchScheduleWriter;
import samestep.dialect.pytorch.schedule.PytorchSchedules;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;
import samestep.recipe.Sequence;

/** What is written of a schedule has its rates when it is read. */
class PytorchScheduleTest {
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-60");

    @Property(tries = 300)
    void whatIsWrittenHasTheSameRates(@ForAll("forms") ScheduleForm form, @ForAll boolean ratesDiffer) {
        PytorchNumbers numbers = new PytorchNumbers();
        Expression rate = ScheduleForms.base(form, Expression.literal(1));
        PytorchObject written = new PytorchScheduleWriter(numbers, rate, ratesDiffer)
                .write(form)
                .orElseThrow();
        ScheduleForm read = read(written, rate).mapped(e -> Expressions.replaceNumbers(e, numbers.rounded()));

        // Up to the horizon: what holds there, and what continues in part after it.
        for (long step : List.of(0L, 1L, 2L, 3L, 9L, 10L, 11L, 19L)) {
            BigDecimal expected = at(form, step);
            BigDecimal actual = at(read, step);
            assertTrue(
                    expected.subtract(actual).abs().compareTo(TOLERANCE) <= 0,
                    () -> step + ": " + expected.doubleValue() + " became " + actual.doubleValue() + " in " + written);
        }
    }

    private static ScheduleForm read(PytorchObject scheduler, Expression rate) {
        Quantity lr = new Quantity(rate, "", new Origin.Default(""));
        Optional<Scheduling> scheduling = Optional.of(new Scheduling(scheduler, Schedule.Unit.UPDATES));
        return new PytorchSchedules(new ArrayList<>())
                .of(scheduling, lr, PytorchConfiguration.of("PyTorch", scheduler))
                .orElseThrow()
                .form();
    }

    private static BigDecimal at(ScheduleForm form, long step) {
        return Formula.compile(form.formula(), new DecimalAlgebra(Exact.DIGITS))
                .at(new BigDecimal[] {BigDecimal.valueOf(step)})[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lambda t: t * t",
                "lambda t: 0.5 ** ",
                "lambda t: __import__('os')",
                "t ** 2",
                "lambda t: 1.0 if t < 20 else 0.5 if t < 10 else 0.1",
                "lambda t: (1.0 + 0.1 * s) ** -1"
            })
    void anotherShapeIsNotGuessed(String lambda) {
        assertEquals(Optional.empty(), LambdaShapes.form(lambda, Expression.literal(1)));
    }

    @Provide
    Arbitrary<ScheduleForm> forms() {
        Arbitrary<Expression> rate = decimals("0.001", "2", 3);
        Arbitrary<Expression> factor = decimals("0.05", "1", 2);
        Arbitrary<Expression> whole = Arbitraries.longs().between(20, 2000).map(Expression::literal);
        Arbitrary<Expression> power = decimals("0.1", "3", 1);
        Arbitrary<ScheduleForm> staircase = Combinators.combine(
                        rate, factor, Arbitraries.longs().between(1, 30).map(Expression::literal))
                .as(ScheduleForm.Staircase::new);
        Arbitrary<ScheduleForm> exponential = Combinators.combine(
                        rate, factor, Arbitraries.longs().between(1, 30).map(Expression::literal))
                .as(ScheduleForm.Exponential::new);
        Arbitrary<ScheduleForm> inverse =
                Combinators.combine(rate, decimals("0.001", "1", 3), power).as(ScheduleForm.InverseTime::new);
        Arbitrary<ScheduleForm> polynomial = Combinators.combine(
                        rate, decimals("0", "2", 2), whole, power, Arbitraries.of(true, false))
                .as(ScheduleForm.Polynomial::new);
        Arbitrary<ScheduleForm> cosine = Combinators.combine(
                        rate, decimals("0", "1", 2), whole, Arbitraries.of(true, false))
                .as(Cosine::new);
        Arbitrary<ScheduleForm> sigmoid =
                Combinators.combine(rate, decimals("0.001", "1", 3), whole).as(ScheduleForm.Sigmoid::new);
        Arbitrary<ScheduleForm> steps = starts().flatMap(starts ->
                rate.list().ofSize(starts.size() + 1).map(values -> new ScheduleForm.Steps(starts, values)));
        Arbitrary<ScheduleForm> plain =
                Arbitraries.oneOf(staircase, exponential, inverse, polynomial, cosine, sigmoid, steps);
        Arbitrary<ScheduleForm> sequence = starts().flatMap(
                        starts -> plain.list().ofSize(starts.size() + 1).map(pieces -> new Sequence(starts, pieces)));
        return Arbitraries.oneOf(plain, sequence);
    }

    private static Arbitrary<List<Long>> starts() {
        return Arbitraries.longs()
                .between(1, 15)
                .set()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(starts -> List.copyOf(new TreeSet<>(starts)));
    }

    private static Arbitrary<Expression> decimals(String least, String most, int scale) {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal(least), new BigDecimal(most))
                .ofScale(scale)
                .map(Expression::literal);
    }
}
