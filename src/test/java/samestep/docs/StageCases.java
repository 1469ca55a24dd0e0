package samestep.docs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.recipe.ActivityPenalty;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.IndependentDecay;
import samestep.recipe.NormLimit;
import samestep.recipe.Origin;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Clip;
import samestep.recipe.Stage.LossScale;
import samestep.recipe.Stage.Penalty;
import samestep.recipe.UnknownStage;

/** Recipes that have one thing each, and which findings may say that a target cannot have it. */
final class StageCases {
    /**
     * A recipe's change.
     *
     * @param name in the table
     * @param change of a recipe that has nothing but an optimizer
     * @param codes the findings that may name it
     * @param numbers one of which such a finding has in it; empty where any will do
     * @param byVerdict whether it is there by the verdict only, and not by its stages
     */
    record Case(String name, UnaryOperator<Recipe> change, Set<Code> codes, List<String> numbers, boolean byVerdict) {}

    private static final Set<Code> CLIP = EnumSet.of(Code.SS502, Code.SS541, Code.SS531, Code.SS501);
    private static final Set<Code> PENALTY =
            EnumSet.of(Code.SS103, Code.SS131, Code.SS141, Code.SS501, Code.SS541, Code.SS204);
    private static final Set<Code> DECAY = EnumSet.of(Code.SS141, Code.SS103, Code.SS204, Code.SS541);

    private static final Map<String, Predicate<Parameter>> SCOPES = new LinkedHashMap<>();

    static {
        SCOPES.put("", p -> true);
        SCOPES.put(" on kernels", p -> p.name().role() == Role.KERNEL);
        SCOPES.put(" on biases", p -> p.name().role() == Role.BIAS);
        SCOPES.put(" on one layer", p -> p.name().layer().equals("first"));
    }

    private final List<Case> cases = new ArrayList<>();

    private StageCases() {}

    static List<Case> all() {
        StageCases all = new StageCases();
        all.losses();
        all.penalties();
        all.clips();
        all.decays();
        all.others();
        all.parameters();
        return all.cases;
    }

    static Quantity number(String text) {
        return new Quantity(Expression.literal(new BigDecimal(text)), text, new Origin.Default("the test"));
    }

    private static UnaryOperator<Recipe> mapped(UnaryOperator<Parameter> change) {
        return recipe ->
                recipe.withParameters(recipe.parameters().stream().map(change).toList());
    }

    /** These stages before the optimizer, on some parameters. */
    private static UnaryOperator<Recipe> before(Predicate<Parameter> scope, Stage... stages) {
        return mapped(p -> {
            List<Stage> all = new ArrayList<>(scope.test(p) ? List.of(stages) : List.of());
            all.addAll(p.stages());
            return new Parameter(p.name(), p.rateMultiplier(), p.frozen(), all, p.place());
        });
    }

    private static UnaryOperator<Recipe> after(Stage stage) {
        return mapped(p -> {
            List<Stage> all = new ArrayList<>(p.stages());
            all.add(stage);
            return new Parameter(p.name(), p.rateMultiplier(), p.frozen(), all, p.place());
        });
    }

    private void add(String name, UnaryOperator<Recipe> change, Set<Code> codes, String... numbers) {
        cases.add(new Case(name, change, codes, List.of(numbers), false));
    }

    private void losses() {
        for (LossScale.Form form : LossScale.Form.values()) {
            String name =
                    "loss " + form.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            Stage scale = new LossScale(form, number("3.5"));
            add(name + " times 3.5", before(p -> true, scale), EnumSet.of(Code.SS902, Code.SS541), "3.5");
        }
    }

    private void penalties() {
        for (Penalty.Norm norm : Penalty.Norm.values()) {
            Stage penalty = new Penalty(norm, number("0.0123"));
            SCOPES.forEach((scope, test) -> add(norm + scope, before(test, penalty), PENALTY));
            Stage clip = new Clip(Clip.Kind.GLOBAL_NORM, number("0.7"));
            Set<Code> both = EnumSet.copyOf(PENALTY);
            both.addAll(CLIP);
            add(norm + ", clipped", before(p -> true, penalty, clip), both);
            add(norm + " after a clip", before(p -> true, clip, penalty), both);
        }
        Stage l1 = new Penalty(Penalty.Norm.L1, number("0.0456"));
        Stage l2 = new Penalty(Penalty.Norm.L2, number("0.0123"));
        add("L1 and L2", before(p -> true, l1, l2), PENALTY);
        add("L2 twice", before(p -> true, l2, new Penalty(Penalty.Norm.L2, number("0.0456"))), PENALTY);
        for (boolean rows : List.of(true, false)) {
            String lines = rows ? "rows" : "columns";
            Stage orthogonal = new OrthogonalPenalty(number("0.0123"), rows);
            add("orthogonal " + lines, before(SCOPES.get(" on kernels"), orthogonal), PENALTY, "0.0123");
        }
        add("declared L2", before(p -> true, new DeclaredPenalty((Penalty) l2, "REGULARIZATION_LOSSES")), PENALTY);
        for (Penalty.Norm norm : Penalty.Norm.values()) {
            add(
                    norm + " of a layer's output",
                    r -> r.withActivityPenalties(List.of(new ActivityPenalty("first", norm, number("0.0123")))),
                    PENALTY);
        }
    }

    private static Clip clip(Clip.Kind kind, String threshold) {
        return new Clip(kind, number(threshold));
    }

    private static String words(Clip.Kind kind) {
        return "clip " + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private void clips() {
        for (Clip.Kind kind : Clip.Kind.values()) {
            add(words(kind), before(p -> true, clip(kind, "0.7")), CLIP, "0.7");
            add(words(kind) + " on kernels", before(SCOPES.get(" on kernels"), clip(kind, "0.7")), CLIP);
            add(words(kind) + " at 0", before(p -> true, clip(kind, "0")), CLIP, "0");
        }
        List<Clip.Kind> plain = List.of(Clip.Kind.VALUE, Clip.Kind.TENSOR_NORM, Clip.Kind.GLOBAL_NORM);
        for (Clip.Kind first : plain) {
            for (Clip.Kind second : plain) {
                add(
                        words(first) + ", " + words(second).substring(5),
                        before(p -> true, clip(first, "0.7"), clip(second, "0.3")),
                        CLIP,
                        "0.7",
                        "0.3");
            }
        }
    }

    private void decays() {
        Stage decay = new Stage.DecoupledDecay(number("0.0123"));
        SCOPES.forEach((scope, test) -> add("decoupled decay" + scope, before(test, decay), DECAY));
        Stage penalty = new Penalty(Penalty.Norm.L2, number("0.0456"));
        add("L2 and decoupled decay", before(p -> true, penalty, decay), DECAY);
        Stage share = new IndependentDecay(number("0.0123"), Optional.empty());
        add("independent decay", before(p -> true, share), DECAY, "0.0123");
    }

    private void others() {
        for (boolean mean : List.of(true, false)) {
            add(
                    "accumulation of 3, " + (mean ? "mean" : "sum"),
                    before(p -> true, new Stage.Accumulation(3, mean)),
                    EnumSet.of(Code.SS512, Code.SS204, Code.SS541),
                    "3");
        }
        for (String factor : List.of("-1", "0.37")) {
            Stage scale = new Stage.Scale(number(factor));
            add("gradient times " + factor, before(p -> true, scale), EnumSet.of(Code.SS204), factor);
        }
        add("largest norm", after(new NormLimit(number("2.5"))), EnumSet.of(Code.SS103), "2.5");
        add("unknown stage", after(new UnknownStage("my.Constraint")), EnumSet.of(Code.SS103), "my.Constraint");
    }

    private void parameters() {
        Set<Code> rate = EnumSet.of(Code.SS301, Code.SS341, Code.SS103);
        SCOPES.forEach((scope, test) -> {
            if (!scope.isEmpty()) {
                add("twice the rate" + scope, mapped(p -> test.test(p) ? twice(p) : p), rate);
                add(
                        "frozen" + scope,
                        mapped(p -> test.test(p) ? frozen(p) : p),
                        EnumSet.of(Code.SS301, Code.SS302, Code.SS541, Code.SS103));
            }
        });
    }

    private static Parameter twice(Parameter p) {
        return new Parameter(p.name(), number("2"), p.frozen(), p.stages(), p.place());
    }

    private static Parameter frozen(Parameter p) {
        return new Parameter(p.name(), p.rateMultiplier(), true, p.stages(), p.place());
    }
}
