package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Exact pairs of docs/pairs.md with one thing changed in the second: a number, a sign, the order of two statements, the start of
 * a state. Induction proves none of them, but where the change makes no difference on any stream either. {@value #HOW} tries 10,000.
 */
class BrokenPairsTest {
    static final String HOW = "mvn test -Dtest=BrokenPairsTest -Dsamestep.broken=10000";

    private static final int TRIED = Integer.getInteger("samestep.broken", 120);
    private static final long SEED = 20261130;
    private static final String[][] EDITS = {
        {" + ", " - "}, {" - ", " + "}, {" * ", " / "}, {" / ", " * "}, {"(1 - ", "(2 - "}, {" = 0", " = 1"},
        {"max(", "min("}, {"eta", "eta_0"}, {"sqrt(", "abs("}, {"sign(", "abs("}, {" g ", " w "}, {", k)", ", t)"}
    };

    /** The second optimizer with one thing changed; none where the change gives no equations. */
    private static Optional<Stage> broken(ProvenPair pair, Random random) {
        Stage.Optimizer whole = (Stage.Optimizer) pair.targetStage();
        if (random.nextInt(3) == 0) {
            return otherNumber(whole, random);
        }
        List<String> lines = new ArrayList<>(
                Arrays.asList(EquationPrinter.print(whole.equations()).split("\n", -1)));
        int line = random.nextInt(lines.size() - 1);
        if (!lines.get(line).contains(" = ") || lines.get(line).startsWith("source")) {
            return Optional.empty();
        }
        if (random.nextInt(3) == 0) {
            String next = lines.get(line + 1);
            lines.set(line + 1, lines.get(line));
            lines.set(line, next);
        } else {
            String[] edit = EDITS[random.nextInt(EDITS.length)];
            lines.set(line, lines.get(line).replace(edit[0], edit[1]));
        }
        Optional<Equations> parsed = EquationParser.parse(new SourceText("broken.eq", String.join("\n", lines)))
                .value();
        return parsed.filter(e -> !e.equals(whole.equations())).map(e -> new Stage.Optimizer(e, whole.values()));
    }

    private static Optional<Stage> otherNumber(Stage.Optimizer whole, Random random) {
        List<String> names =
                whole.equations().hypers().stream().map(Equations.Hyper::name).toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Quantity> values = new HashMap<>(whole.values());
        values.put(names.get(random.nextInt(names.size())), EquationRun.number("0.7"));
        return Optional.of(new Stage.Optimizer(whole.equations(), values));
    }

    private static boolean agree(Pair pair, boolean constant) {
        List<GradientStream> streams = GradientStream.ALL.stream()
                .map(s -> constant ? s.withConstantRate() : s)
                .toList();
        return new Proof(List.of(pair), 1, 1).differences(streams).get(0).isEmpty();
    }

    /** A name that only one branch assigns passes the parser; such equations are no pair. */
    private static boolean isProven(Question question) {
        try {
            return Induction.proves(question);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Test
    void whatIsBrokenIsNotProven() throws IOException {
        Random random = new Random(SEED);
        List<ProvenPair> pairs = ProvenPair.all();
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        int same = 0;
        while (refused < TRIED) {
            ProvenPair pair = pairs.get(random.nextInt(pairs.size()));
            Optional<Stage> stage = broken(pair, random);
            if (stage.isEmpty()) {
                continue;
            }
            Parameter left = Recipes.kernel("1", pair.sourceStage());
            Parameter right = Recipes.kernel("1", stage.get());
            Question whole = pair.question();
            Question question =
                    new Question(List.of(left), List.of(right), 1, whole.rate(), whole.batch(), whole.outputs());
            if (!isProven(question)) {
                refused++;
            } else if (agree(new Pair(left, right), pair.constant())) {
                same++;
            } else {
                wrong.add(pair + ": " + stage.get());
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(same < refused, same + " changes made no difference, " + refused + " were refused");
    }
}
