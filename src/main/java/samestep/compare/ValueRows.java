package samestep.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.compare.ValueRow.Side;
import samestep.compare.proof.Pair;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.ScheduleComparison;
import samestep.equation.Equations;
import samestep.recipe.IndependentDecay;
import samestep.recipe.NormLimit;
import samestep.recipe.Numbers;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/** Lists the values of two recipes side by side. What is the same is the comparison's to say; this shows where from. */
public final class ValueRows {
    private static final int DIGITS = 6;

    private final List<ValueRow> rows = new ArrayList<>();
    private final Comparison comparison;
    private final boolean optimizerIsSaid;
    private final LossUnits units;

    private ValueRows(Comparison comparison, boolean optimizerIsSaid, LossUnits units) {
        this.comparison = comparison;
        this.optimizerIsSaid = optimizerIsSaid;
        this.units = units;
    }

    /**
     * The rows: the whole training's first, then those of each parameter that has a partner.
     *
     * @param comparison what came of comparing the two with these partners
     * @param memory of proofs that were made already, and of those made now
     */
    public static List<ValueRow> of(
            Recipe source, Recipe target, Partners partners, Comparison comparison, ProofMemory memory) {
        return of(source, target, partners, comparison, memory, true);
    }

    /**
     * The same.
     *
     * @param optimizerIsSaid whether both configurations say their optimizer and learning rate; they have no rows otherwise
     */
    public static List<ValueRow> of(
            Recipe source,
            Recipe target,
            Partners partners,
            Comparison comparison,
            ProofMemory memory,
            boolean optimizerIsSaid) {
        List<List<Pair>> classes = Pair.classes(source, target, partners);
        ValueRows rows = new ValueRows(comparison, optimizerIsSaid, LossUnits.of(source, target));
        boolean isOneUnit = classes.stream().allMatch(pairs -> rows.units.haveOneRate(pairs.get(0)));
        rows.whole(source, target, isOneUnit);
        for (List<Pair> pairs : classes) {
            boolean sameOptimizer = sameOptimizer(pairs.get(0), memory);
            pairs.forEach(pair -> rows.parameter(pair, sameOptimizer));
        }
        return List.copyOf(rows.rows);
    }

    private static boolean sameOptimizer(Pair pair, ProofMemory memory) {
        return !pair.source().frozen() && !pair.target().frozen() && Comparer.sameOptimizer(pair, memory);
    }

    private void whole(Recipe source, Recipe target, boolean isOneUnit) {
        if (!optimizerIsSaid) {
            return;
        }
        rates(source, target).forEach(row -> rows.add(isOneUnit ? row : row.inOtherUnits()));
        int ours = source.microSteps();
        int theirs = target.microSteps();
        if (ours > 1 || theirs > 1) {
            rows.add(new ValueRow(
                    "batches in an update",
                    List.of(),
                    Side.of(Integer.toString(ours)),
                    Side.of(Integer.toString(theirs)),
                    ours == theirs));
        }
    }

    private List<ValueRow> rates(Recipe source, Recipe target) {
        Side here = rate(source.schedule());
        Side there = rate(target.schedule());
        // The comparison may have moved a factor from the schedule to the multipliers; then the groups tell.
        boolean equal = ScheduleComparison.of(source.schedule(), target.schedule())
                .verdict()
                .isProven();
        boolean inMultipliers = comparison.schedule().verdict().isProven()
                && comparison.groups().stream().noneMatch(g -> g.cause().equals(Optional.of(Comparison.Cause.RATE)));
        boolean same = equal || inMultipliers;
        List<ValueRow> rates = new ArrayList<>();
        rates.add(new ValueRow("learning rate", List.of(), here, there, same));
        rates.addAll(ScheduleRows.of(source.schedule(), target.schedule()));
        return rates;
    }

    private static Side rate(Schedule schedule) {
        if (!schedule.isFirstKnown()) {
            return Side.of("not known");
        }
        try {
            String first = Numbers.rounded(schedule.rateAtStart().doubleValue(), DIGITS);
            return Side.of(schedule.name() + ", first " + first);
        } catch (ArithmeticException e) {
            return Side.of(schedule.name() + ", no first rate");
        }
    }

    private void parameter(Pair pair, boolean sameOptimizer) {
        Parameter source = pair.source();
        Parameter target = pair.target();
        List<Parameter> parameters = List.of(source);
        boolean proven = comparison.groups().stream()
                .filter(g -> g.parameters().stream().anyMatch(p -> p.name().equals(source.name())))
                .allMatch(g -> g.verdict().isProven());
        if (source.frozen() && target.frozen()) {
            rows.add(new ValueRow("trained", parameters, Side.of("frozen"), Side.of("frozen"), true));
            return;
        }
        if (source.frozen() != target.frozen()) {
            rows.add(new ValueRow("trained", parameters, trained(source), trained(target), false));
            return;
        }
        if (optimizerIsSaid) {
            optimizer(parameters, source, target, proven || sameOptimizer);
        }
        stages(pair, proven);
        if (!source.rateMultiplier().isOne() || !target.rateMultiplier().isOne()) {
            add("rate multiplier", parameters, source.rateMultiplier(), target.rateMultiplier(), proven);
        }
    }

    private static Side trained(Parameter parameter) {
        return Side.of(parameter.frozen() ? "frozen" : "trained");
    }

    private void optimizer(List<Parameter> parameters, Parameter source, Parameter target, boolean same) {
        Optional<Stage.Optimizer> left = source.optimizer();
        Optional<Stage.Optimizer> right = target.optimizer();
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        Equations here = left.get().equations();
        Equations there = right.get().equations();
        rows.add(new ValueRow(
                "optimizer", parameters, Side.of(here.name()), Side.of(there.name()), same || here.equals(there)));
        Set<String> names = new LinkedHashSet<>();
        here.hypers().forEach(h -> names.add(h.name()));
        there.hypers().forEach(h -> names.add(h.name()));
        for (String name : names) {
            add(
                    name.replace('_', ' '),
                    parameters,
                    Optional.ofNullable(left.get().values().get(name)),
                    Optional.ofNullable(right.get().values().get(name)),
                    same);
        }
    }

    /** Values of the other stages; the n-th of a kind belongs to the n-th of that kind. */
    private void stages(Pair pair, boolean proven) {
        Map<String, Integer> here = values(pair.source());
        Map<String, Integer> there = values(pair.target());
        Set<String> names = new LinkedHashSet<>(here.keySet());
        names.addAll(there.keySet());
        for (String name : names) {
            Optional<Integer> one = Optional.ofNullable(here.get(name));
            Optional<Integer> other = Optional.ofNullable(there.get(name));
            Optional<BigDecimal> ratio =
                    one.isPresent() && other.isPresent() ? units.ratio(pair, one.get(), other.get()) : LossUnits.NONE;
            add(
                    name,
                    List.of(pair.source()),
                    one.flatMap(i -> number(pair.source(), i)),
                    other.flatMap(i -> number(pair.target(), i)),
                    proven,
                    ratio);
        }
    }

    private static Optional<Quantity> number(Parameter parameter, int stage) {
        return value(parameter.stages().get(stage)).map(Map.Entry::getValue);
    }

    /** The stages that have a number, by what it is called. */
    private static Map<String, Integer> values(Parameter parameter) {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < parameter.stages().size(); i++) {
            Optional<String> called = value(parameter.stages().get(i)).map(Map.Entry::getKey);
            if (called.isPresent()) {
                String name = called.get();
                for (int n = 2; values.containsKey(name); n++) {
                    name = called.get() + " " + n;
                }
                values.put(name, i);
            }
        }
        return values;
    }

    /** What a stage's number is called, and the number; empty where it has none of its own. */
    public static Optional<Map.Entry<String, Quantity>> value(Stage stage) {
        if (stage instanceof Stage.Penalty penalty) {
            return Optional.of(Map.entry(penalty.norm() + " in the gradient", penalty.coefficient()));
        }
        if (stage instanceof Stage.Clip clip) {
            String kind = clip.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return Optional.of(Map.entry("clip by " + kind, clip.threshold()));
        }
        if (stage instanceof Stage.DecoupledDecay decay) {
            return Optional.of(Map.entry("decoupled decay", decay.coefficient()));
        }
        if (stage instanceof IndependentDecay decay && decay.course().isEmpty()) {
            return Optional.of(Map.entry("decay beside the learning rate", decay.share()));
        }
        if (stage instanceof NormLimit limit) {
            return Optional.of(Map.entry("limit of the norm", limit.limit()));
        }
        if (stage instanceof OrthogonalPenalty penalty) {
            return Optional.of(Map.entry("orthogonal penalty", penalty.factor()));
        }
        if (stage instanceof Stage.LossScale scale) {
            String form = scale.form().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            boolean mean = scale.form() == Stage.LossScale.Form.WEIGHTED;
            return Optional.of(Map.entry("loss weight" + (mean ? "" : ", " + form), scale.weight()));
        }
        return stage instanceof Stage.Scale scale
                ? Optional.of(Map.entry("gradient factor", scale.factor()))
                : Optional.empty();
    }

    private void add(
            String name,
            List<Parameter> parameters,
            Optional<Quantity> here,
            Optional<Quantity> there,
            boolean proven) {
        add(name, parameters, here, there, proven, LossUnits.NONE);
    }

    private void add(
            String name,
            List<Parameter> parameters,
            Optional<Quantity> here,
            Optional<Quantity> there,
            boolean proven,
            Optional<BigDecimal> ratio) {
        boolean equal = here.isPresent()
                && there.isPresent()
                && ratio.isPresent()
                && same(here.get(), there.get(), ratio.get());
        // A value that the other side does not have matters only where the group as a whole is not the same.
        rows.add(new ValueRow(
                name,
                parameters,
                here.map(Side::of).orElse(Side.NONE),
                there.map(Side::of).orElse(Side.NONE),
                equal || proven,
                ratio));
    }

    private static boolean same(Quantity here, Quantity there, BigDecimal ratio) {
        return ratio.compareTo(BigDecimal.ONE) == 0
                ? here.decimal().compareTo(there.decimal()) == 0
                : here.decimal()
                                .multiply(ratio, LossUnits.DIGITS)
                                .compareTo(there.decimal().round(LossUnits.DIGITS))
                        == 0;
    }

    private void add(String name, List<Parameter> parameters, Quantity here, Quantity there, boolean proven) {
        add(name, parameters, Optional.of(here), Optional.of(there), proven);
    }

    /** For people: rows that read alike are one row, wherever their values are written. */
    public static List<ValueRow> merged(List<ValueRow> rows) {
        Map<List<Object>, ValueRow> merged = new LinkedHashMap<>();
        for (ValueRow row : rows) {
            List<Object> key =
                    List.of(row.name(), row.source().words(), row.target().words(), row.same());
            merged.merge(key, row, ValueRows::both);
        }
        return List.copyOf(merged.values());
    }

    private static ValueRow both(ValueRow one, ValueRow other) {
        Set<Parameter> parameters = new LinkedHashSet<>(one.parameters());
        parameters.addAll(other.parameters());
        return new ValueRow(one.name(), List.copyOf(parameters), one.source(), one.target(), one.same(), one.ratio());
    }
}
