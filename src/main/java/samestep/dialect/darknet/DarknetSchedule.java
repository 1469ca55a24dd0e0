package samestep.dialect.darknet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;
import samestep.text.Spelling;

/**
 * The learning rate. Darknet counts updates from 1: the images that were seen are counted before the update, so update
 * {@code t} from 0 has the rate of {@code t + 1}. Source: network.c, get_current_rate and train_network_datum.
 */
final class DarknetSchedule {
    private static final List<String> POLICIES =
            List.of("constant", "step", "steps", "exp", "poly", "sigmoid", "random");
    /** A longer staircase or more cycles are a formula. */
    private static final long MOST_PIECES = 2_000;

    private final Cfg cfg;
    private final CfgSection net;
    private final List<Finding> findings;
    private final List<Schedule.NamedValue> values = new ArrayList<>();
    private final Expression base;
    private final long updates;

    private DarknetSchedule(Cfg cfg, List<Finding> findings) {
        this.cfg = cfg;
        this.net = cfg.net();
        this.findings = findings;
        this.base = value("learning_rate", net.number("learning_rate"));
        this.updates = net.count("max_batches");
    }

    /** The schedule; empty, with findings, when Darknet would refuse it or compute nonsense. */
    static Optional<Schedule> read(Cfg cfg, List<Finding> findings) {
        DarknetSchedule reader = new DarknetSchedule(cfg, findings);
        String policy = reader.policy();
        OptionalLong horizon = reader.updates > 0 ? OptionalLong.of(reader.updates) : OptionalLong.empty();
        return reader.counted(policy)
                .flatMap(form -> reader.warmedUp(form, policy))
                .map(form -> Schedule.of(form, 1, horizon, policy).withValues(reader.values));
    }

    private String policy() {
        String policy = net.word("policy");
        boolean known = POLICIES.contains(policy) || cfg.program() == Program.FORK && policy.equals("sgdr");
        if (known) {
            return policy;
        }
        String near = Spelling.nearest(policy, POLICIES);
        findings.add(Finding.at(
                        net.place("policy"),
                        Code.SS203,
                        "Darknet has no policy \"" + policy + "\" and goes on with a constant rate")
                .detail(
                        near.isEmpty()
                                ? "It has " + String.join(", ", POLICIES) + "."
                                : "Did you mean \"" + near + "\"?"));
        return "constant";
    }

    private Expression value(String key, Quantity quantity) {
        values.add(new Schedule.NamedValue(key, quantity));
        return quantity.value();
    }

    private Expression number(String key) {
        return value(key, net.number(key));
    }

    /** The policy's rate of the count {@code t}, as Darknet counts. */
    private Optional<ScheduleForm> counted(String policy) {
        return switch (policy) {
            case "step" -> step();
            case "steps" -> steps();
            case "exp" -> Optional.of(new ScheduleForm.Exponential(base, number("gamma"), Expression.literal(1)));
            case "poly" -> polynomial();
            case "sigmoid" -> Optional.of(sigmoid());
            case "sgdr" -> cycles();
            case "random" -> {
                findings.add(Finding.at(
                        net.place("policy"), Code.SS411, "policy random: the rate of each update is drawn at random"));
                yield Optional.empty();
            }
            default -> Optional.of(new ScheduleForm.Constant(base));
        };
    }

    private Optional<ScheduleForm> refused(String key, String why) {
        findings.add(Finding.at(net.place(key), Code.SS004, why));
        return Optional.empty();
    }

    /** C divides whole numbers, so the exponent is whole. */
    private Optional<ScheduleForm> step() {
        Expression factor = number("scale");
        long every = net.count("step");
        value("step", net.whole("step"));
        return every < 1
                ? refused("step", "step must be at least 1; Darknet divides by it")
                : Optional.of(new ScheduleForm.Staircase(base, factor, Expression.literal(every)));
    }

    /** A drop waits for those before it in the list. */
    private Optional<ScheduleForm> steps() {
        List<Quantity> steps = net.numbers("steps", true);
        List<Quantity> scales = net.numbers("scales", false);
        if (steps.isEmpty() || scales.size() < steps.size()) {
            return refused(
                    steps.isEmpty() ? "policy" : "scales",
                    "policy steps needs steps, and a scale for each of them; Darknet stops");
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> rates = new ArrayList<>(List.of(base));
        boolean inOrder = true;
        for (int i = 0; i < steps.size(); i++) {
            value("steps", steps.get(i));
            Expression factor = value("scales", scales.get(i));
            long before = starts.isEmpty() ? 0 : starts.get(starts.size() - 1);
            long start = Math.max(steps.get(i).decimal().longValue(), before);
            Expression rate = rates.get(rates.size() - 1).times(factor);
            inOrder &= start > before && start == steps.get(i).decimal().longValue();
            if (start == before) {
                rates.set(rates.size() - 1, rate);
            } else {
                starts.add(start);
                rates.add(rate);
            }
        }
        if (!inOrder) {
            findings.add(Finding.at(
                    net.place("steps"),
                    Code.SS405,
                    "steps do not rise from above 0: a drop waits for those before it"));
        }
        if (scales.size() > steps.size()) {
            findings.add(Finding.at(
                    net.place("scales"), Code.SS203, "more scales than steps: Darknet ignores the last ones"));
        }
        return Optional.of(new ScheduleForm.Steps(starts, rates));
    }

    private Optional<ScheduleForm> polynomial() {
        if (updates <= 0) {
            return refused("policy", "poly needs max_batches: without it Darknet divides by zero");
        }
        value("max_batches", net.whole("max_batches"));
        return Optional.of(new ScheduleForm.Polynomial(
                base, Expression.literal(0), Expression.literal(updates), number("power"), false));
    }

    /** It falls for a positive gamma. The original subtracts without signs: the rate is 0 before the step. */
    private ScheduleForm sigmoid() {
        Expression slope = new Expression.Negation(number("gamma"));
        long centre = net.count("step");
        value("step", net.whole("step"));
        ScheduleForm whole = new ScheduleForm.Sigmoid(base, slope, Expression.literal(centre));
        if (centre <= 1) {
            return whole;
        }
        boolean fork = cfg.program() == Program.FORK;
        findings.add(Finding.at(
                        net.place("step"),
                        Code.SS432,
                        "before update " + (centre - 1)
                                + " the rate is 0 in pjreddie's Darknet, which subtracts without"
                                + " signs; AlexeyAB's follows the formula")
                .detail("Read as " + cfg.program().title() + ".")
                .as(Severity.WARNING));
        return fork
                ? whole
                : new Sequence(
                        List.of(centre),
                        List.of(
                                new ScheduleForm.Constant(Expression.literal(0)),
                                whole.everyNth(1, Math.toIntExact(Math.min(centre, Integer.MAX_VALUE)))
                                        .orElseThrow()));
    }

    /** Half a cosine from the rate to the least one, again and again; a cycle's last update has the least rate. */
    private Optional<ScheduleForm> cycles() {
        Expression least = number("learning_rate_min");
        long length = net.has("sgdr_cycle") ? net.count("sgdr_cycle") : updates;
        long longer = net.count("sgdr_mult");
        if (net.has("sgdr_cycle")) {
            value("sgdr_cycle", net.whole("sgdr_cycle"));
            value("sgdr_mult", net.whole("sgdr_mult"));
        }
        if (length < 1 || longer < 1 || updates < 1) {
            return refused("policy", "sgdr needs max_batches, a sgdr_cycle and a sgdr_mult of at least 1");
        }
        List<Long> starts = new ArrayList<>();
        List<ScheduleForm> pieces = new ArrayList<>();
        long start = 0;
        // Count 0 is never asked for; every cycle after the first has its first count 1 after its start.
        while (start < updates && pieces.size() < MOST_PIECES) {
            Expression phase = Expression.literal(pieces.isEmpty() ? 0 : 1);
            pieces.add(new Cosine(base, least, Expression.literal(length), phase, false));
            start += length;
            length *= longer;
            starts.add(start + 1);
        }
        if (start < updates) {
            return refused("sgdr_cycle", "more than " + MOST_PIECES + " cycles cannot be read");
        }
        starts.remove(starts.size() - 1);
        return Optional.of(pieces.size() == 1 ? pieces.get(0) : new Sequence(starts, pieces));
    }

    /** From counts to updates, with the warm-up before: {@code rate * (count / burn_in) ^ power}, whatever the policy. */
    private Optional<ScheduleForm> warmedUp(ScheduleForm counted, String policy) {
        long warm = net.count("burn_in");
        if (warm <= 1) {
            return shifted(counted, 1);
        }
        if (warm > Integer.MAX_VALUE) {
            return refused("burn_in", "burn_in must be a number of 32 bits");
        }
        Expression length = value("burn_in", net.whole("burn_in"));
        Expression power = policy.equals("poly") ? net.number("power").value() : number("power");
        return shifted(counted, (int) warm)
                .map(after -> new Sequence(List.of(warm - 1), List.of(warmUp(base, length, power), after)));
    }

    /** A polynomial whose horizon is before its start rises; of the first power, it is a line to the whole rate. */
    static ScheduleForm warmUp(Expression base, Expression length, Expression power) {
        Expression one = Expression.literal(1);
        boolean line = Exact.value(power).compareTo(BigDecimal.ONE) == 0;
        return line
                ? new ScheduleForm.Polynomial(base.over(length), base, length.minus(one), one, false)
                : new ScheduleForm.Polynomial(
                        base.over(length.power(power)),
                        Expression.literal(0),
                        new Expression.Negation(one),
                        power,
                        false);
    }

    /** The form some counts later. */
    private Optional<ScheduleForm> shifted(ScheduleForm counted, int counts) {
        Optional<ScheduleForm> form = counted instanceof ScheduleForm.Staircase stairs
                ? stairs(stairs, counts)
                : counted.everyNth(1, counts).map(DarknetSchedule::withoutThePast);
        return form.or(() -> Optional.of(new ScheduleForm.Other(Expressions.substitute(
                counted.formula(), Map.of(Builtin.T, ScheduleForm.T.plus(Expression.literal(counts)))))));
    }

    /** Without pieces that end before the first update. */
    private static ScheduleForm withoutThePast(ScheduleForm form) {
        if (form instanceof ScheduleForm.Steps steps) {
            int past = past(steps.starts());
            return new ScheduleForm.Steps(
                    steps.starts().subList(past, steps.starts().size()),
                    steps.values().subList(past, steps.values().size()));
        }
        if (form instanceof Sequence sequence) {
            int past = past(sequence.starts());
            List<ScheduleForm> left =
                    sequence.pieces().subList(past, sequence.pieces().size());
            return left.size() == 1
                    ? left.get(0)
                    : new Sequence(
                            sequence.starts().subList(past, sequence.starts().size()), left);
        }
        return form;
    }

    private static int past(List<Long> starts) {
        return (int) starts.stream().filter(start -> start <= 0).count();
    }

    /** Stairs that do not begin at a step: pieces, while the run is known and short. */
    private Optional<ScheduleForm> stairs(ScheduleForm.Staircase stairs, int counts) {
        long every = Exact.value(stairs.every()).longValue();
        if (every == 1) {
            return new ScheduleForm.Exponential(stairs.base(), stairs.factor(), Expression.literal(1))
                    .everyNth(1, counts);
        }
        if (updates <= 0 || updates / every > MOST_PIECES) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> rates = new ArrayList<>();
        rates.add(stairs.base().times(stairs.factor().power(Expression.literal(counts / every))));
        for (long k = counts / every + 1; k * every - counts < updates; k++) {
            starts.add(k * every - counts);
            rates.add(stairs.base().times(stairs.factor().power(Expression.literal(k))));
        }
        return Optional.of(new ScheduleForm.Steps(starts, rates));
    }
}
