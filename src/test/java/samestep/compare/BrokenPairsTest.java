package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import samestep.compare.induction.Induction;
import samestep.compare.induction.Question;
import samestep.compare.proof.GradientStream;
import samestep.compare.proof.Pair;
import samestep.compare.proof.Proof;
import samestep.equation.Equations;
import samestep.equation.parse.EquationParser;
import samestep.equation.print.EquationPrinter;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.text.SourceText;
import samestep.trainer.EquationRun;

/**
 * Exact pairs of docs/pairs.md with one thing changed in the second: a coefficient, an epsilon, a sign, another operation, the order
 * of two statements, the start of a state. Induction proves none of them, but where the change makes no difference on any stream
 * either. {@value #HOW} tries 10,000, {@code -Dsamestep.seed} others, and prints
 * how many of each were refused.
 */
class BrokenPairsTest {
    static final String HOW = "mvn test -Dtest=BrokenPairsTest -Dsamestep.broken=10000";

    private static final int TRIED = Integer.getInteger("samestep.broken", 120);
    private static final long SEED = Long.getLong("samestep.seed", 20261130);
    private static final BigDecimal TINY = new BigDecimal("1e-9");

    /** What is changed, and the words of an equation that it changes into others. */
    private enum Change {
        COEFFICIENT("(1 - ", "(2 - ", "2 * ", "3 * ", "0.5", "0.25"),
        EPSILON,
        SIGN(" + ", " - ", " - ", " + ", "= -", "= ", "(-", "("),
        OPERATION(
                " * ", " / ", " / ", " * ", "max(", "min(", "eta", "eta_0", "sqrt(", "abs(", "sign(", "abs(", " g ",
                " w ", ", k)", ", t)"),
        ORDER,
        STATE(" = 0", " = 1", " = 1", " = 0", "= initial_accumulator", "= 2 * initial_accumulator");

        private final String[] words;

        Change(String... words) {
            this.words = words;
        }
    }

    /** The second optimizer with one thing changed; none where the change gives no equations, or the same. */
    private static Optional<Stage> broken(ProvenPair pair, Change change, Random random) {
        Stage.Optimizer whole = (Stage.Optimizer) pair.targetStage();
        boolean number = change == Change.EPSILON || change == Change.COEFFICIENT && random.nextBoolean();
        return number ? otherNumber(whole, change == Change.EPSILON, random) : otherText(whole, change, random);
    }

    private static Optional<Stage> otherText(Stage.Optimizer whole, Change change, Random random) {
        List<String> lines = new ArrayList<>(
                Arrays.asList(EquationPrinter.print(whole.equations()).split("\n", -1)));
        int line = random.nextInt(lines.size() - 1);
        if (!lines.get(line).contains(" = ")
                || lines.get(line).startsWith("source")
                || lines.get(line).startsWith("state") != (change == Change.STATE)) {
            return Optional.empty();
        }
        if (change == Change.ORDER) {
            Collections.swap(lines, line, line + 1);
        } else {
            int word = 2 * random.nextInt(change.words.length / 2);
            lines.set(line, lines.get(line).replace(change.words[word], change.words[word + 1]));
        }
        Optional<Equations> parsed = EquationParser.parse(new SourceText("broken.eq", String.join("\n", lines)))
                .value();
        return parsed.filter(e -> !e.equals(whole.equations())).map(e -> new Stage.Optimizer(e, whole.values()));
    }

    /** Another number by far, or by little. */
    private static Optional<Stage> otherNumber(Stage.Optimizer whole, boolean epsilon, Random random) {
        List<String> names = whole.equations().hypers().stream()
                .filter(hyper -> !hyper.flag())
                .map(Equations.Hyper::name)
                .filter(name -> name.startsWith("epsilon") == epsilon)
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String name = names.get(random.nextInt(names.size()));
        Map<String, Quantity> values = new HashMap<>(whole.values());
        BigDecimal before = Objects.requireNonNull(values.get(name)).decimal();
        BigDecimal after = random.nextBoolean()
                ? new BigDecimal("0.7")
                : before.multiply(new BigDecimal("1.000001")).add(before.signum() == 0 ? TINY : BigDecimal.ZERO);
        values.put(name, EquationRun.number(after.toPlainString()));
        return after.compareTo(before) == 0
                ? Optional.empty()
                : Optional.of(new Stage.Optimizer(whole.equations(), values));
    }

    private static boolean agree(Pair pair, boolean constant) {
        List<GradientStream> streams = GradientStream.ALL.stream()
                .map(s -> constant ? s.withConstantRate() : s)
                .toList();
        return new Proof(List.of(pair), 1, 1).differences(streams).get(0).isEmpty();
    }

    /** A constant that divides by zero has no value: such equations are refused before any point. */
    private static boolean isProven(Question question) {
        try {
            return Induction.proves(question);
        } catch (ArithmeticException e) {
            return false;
        }
    }

    @Test
    void whatIsBrokenIsNotProven() throws IOException {
        Random random = new Random(SEED);
        List<ProvenPair> pairs = ProvenPair.all();
        List<String> wrong = new ArrayList<>();
        Map<Change, Integer> refused = new EnumMap<>(Change.class);
        int tried = 0;
        int same = 0;
        while (tried - same < TRIED) {
            Change change = Change.values()[tried++ % Change.values().length];
            Optional<Stage> stage = Optional.empty();
            ProvenPair pair = pairs.get(0);
            while (stage.isEmpty()) {
                pair = pairs.get(random.nextInt(pairs.size()));
                stage = broken(pair, change, random);
            }
            Parameter left = Recipes.kernel("1", pair.sourceStage());
            Parameter right = Recipes.kernel("1", stage.get());
            Question whole = pair.question();
            Question question =
                    new Question(List.of(left), List.of(right), 1, whole.rate(), whole.batch(), whole.outputs());
            if (!isProven(question)) {
                refused.merge(change, 1, Integer::sum);
            } else if (agree(new Pair(left, right), pair.constant())) {
                same++;
            } else {
                wrong.add(pair + ": " + stage.get());
            }
        }
        String counts = refused + " were refused, " + same + " more changes made no difference";
        System.out.println("broken pairs: " + counts);
        assertEquals(List.of(), wrong);
        assertTrue(same < TRIED, counts);
        for (Change change : Change.values()) {
            assertTrue(refused.getOrDefault(change, 0) >= TRIED / 20, change + " of " + counts);
        }
    }
}
