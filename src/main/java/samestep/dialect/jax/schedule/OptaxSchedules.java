package samestep.dialect.jax.schedule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.OptaxCall;
import samestep.dialect.jax.value.Signatures;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule.NamedValue;

/** What Optax' schedules are at an update, counted from 0. Source: optax/schedules/_schedule.py and _join.py of Optax 0.2.8. */
public final class OptaxSchedules {
    private final List<Finding> findings;

    /**
     * A reader.
     *
     * @param findings what is wrong with a schedule goes here
     */
    public OptaxSchedules(List<Finding> findings) {
        this.findings = findings;
    }

    /** The schedule that an argument is; empty where it is a number or nothing, or, with a finding, where it is not known. */
    public Optional<Curve> of(Argument argument) {
        if (argument instanceof Argument.Curve own) {
            return Optional.of(Curve.exact(own.form(), own.name(), own.values()));
        }
        return argument instanceof Argument.Given given
                        && Signatures.schedule(given.call().name()).isPresent()
                ? of(given.call())
                : Optional.empty();
    }

    /** The schedule that a call makes; empty, with a finding, where that is not known. */
    public Optional<Curve> of(OptaxCall written) {
        int before = findings.size();
        OptaxCall call =
                Signatures.bound(written, Signatures.schedule(written.name()).orElseThrow(), findings);
        Optional<Curve> curve = findings.size() > before ? Optional.empty() : curve(call);
        return curve.map(c -> c.as(call.name(), values(call)));
    }

    private static List<NamedValue> values(OptaxCall call) {
        List<NamedValue> values = new ArrayList<>();
        call.named().forEach((name, value) -> collect(name, value, values));
        return values;
    }

    private static void collect(String name, Argument argument, List<NamedValue> values) {
        argument.number().filter(q -> q.place().isPresent()).ifPresent(q -> values.add(new NamedValue(name, q)));
        if (argument instanceof Argument.Many many) {
            many.values().forEach(part -> collect(name, part, values));
        }
        if (argument instanceof Argument.Table table) {
            table.entries().forEach((key, value) -> collect(name + "[" + key + "]", value, values));
        }
        if (argument instanceof Argument.Given given) {
            given.call().named().forEach((inner, value) -> collect(inner, value, values));
            given.call().positional().forEach(value -> collect(given.call().name(), value, values));
        }
    }

    private Optional<Curve> curve(OptaxCall call) {
        Numbers n = new Numbers(call, findings);
        Optional<Curve> curve = switch (call.name()) {
            case "constant_schedule" -> Optional.of(Shapes.constant(n.number("value")));
            case "linear_schedule" ->
                Optional.of(Shapes.polynomial(
                        n.number("init_value"),
                        n.number("end_value"),
                        BigDecimal.ONE,
                        n.whole("transition_steps"),
                        n.whole("transition_begin")));
            case "polynomial_schedule", "polynomial" ->
                Optional.of(Shapes.polynomial(
                        n.number("init_value"),
                        n.number("end_value"),
                        n.number("power").decimal(),
                        n.whole("transition_steps"),
                        n.whole("transition_begin")));
            case "exponential_decay" -> Optional.of(exponential(n, "init_value"));
            case "cosine_decay_schedule" -> cosine(n, "init_value", n.whole("decay_steps"), n.quantity("alpha"), call);
            case "piecewise_constant_schedule" -> pieces(n, call);
            case "warmup_constant_schedule" -> Optional.of(rise(n));
            case "warmup_cosine_decay_schedule" -> warmUpAndCosine(n, call);
            case "warmup_exponential_decay_schedule" ->
                Optional.of(Curve.joined(
                        List.of(n.whole("warmup_steps")),
                        List.of(rise(n), exponential(n, "peak_value")),
                        call.name(),
                        List.of()));
            case "sgdr_schedule" -> restarts(call);
            case "join_schedules" -> joined(call);
            default -> {
                n.unknown("optax." + call.name() + " cannot be read yet");
                yield Optional.empty();
            }
        };
        return n.areKnown() ? curve : Optional.empty();
    }

    private static Curve rise(Numbers n) {
        return Shapes.polynomial(
                n.number("init_value"), n.number("peak_value"), BigDecimal.ONE, n.whole("warmup_steps"), 0);
    }

    private static Curve exponential(Numbers n, String first) {
        if (n.number("decay_rate").decimal().signum() < 0) {
            n.refused("decay_rate is below 0: between whole powers it has no value");
            return Shapes.constant(n.number(first));
        }
        return Shapes.exponential(
                n.number(first),
                n.number("decay_rate"),
                n.whole("transition_steps"),
                n.whole("transition_begin"),
                n.isOn("staircase"),
                n.given("end_value"));
    }

    private static Optional<Curve> cosine(Numbers n, String first, long steps, Quantity alpha, OptaxCall call) {
        if (steps <= 0) {
            n.refused(call.name() + " needs more decay_steps than that: Optax refuses it");
            return Optional.empty();
        }
        return Optional.of(Shapes.cosine(n.number(first), steps, alpha, n.number("exponent")));
    }

    private static Optional<Curve> warmUpAndCosine(Numbers n, OptaxCall call) {
        long warmUp = n.whole("warmup_steps");
        Quantity peak = n.number("peak_value");
        Quantity end = n.number("end_value");
        Quantity alpha = peak.isZero()
                ? Quantity.byDefault("0", "what a peak of 0 leaves")
                : end.derived(end.value().over(peak.value()), "end_value / peak_value");
        return cosine(n, "peak_value", n.whole("decay_steps") - warmUp, alpha, call)
                .map(fall -> Curve.joined(List.of(warmUp), List.of(rise(n), fall), call.name(), List.of()));
    }

    private static Optional<Curve> pieces(Numbers n, OptaxCall call) {
        TreeMap<Long, Quantity> scales = new TreeMap<>();
        Argument given = call.named().get("boundaries_and_scales");
        if (given instanceof Argument.Table table) {
            for (Map.Entry<String, Argument> entry : table.entries().entrySet()) {
                Optional<Quantity> scale = entry.getValue().number();
                Optional<Long> boundary = Numbers.asWhole(entry.getKey());
                if (scale.isEmpty() || boundary.isEmpty()) {
                    n.unknown("boundaries_and_scales has entries that are not known");
                    return Optional.empty();
                }
                scales.put(boundary.get(), scale.get());
            }
        } else if (!(given instanceof Argument.Nothing)) {
            n.unknown("boundaries_and_scales is not known");
            return Optional.empty();
        }
        return Optional.of(Shapes.steps(n.number("init_value"), scales));
    }

    private Optional<Curve> restarts(OptaxCall call) {
        List<Long> starts = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        long from = 0;
        if (!(call.named().get("cosine_kwargs") instanceof Argument.Many many)
                || many.values().isEmpty()) {
            return notKnown(call, "cosine_kwargs of sgdr_schedule is not known");
        }
        for (Argument part : many.values()) {
            if (!(part instanceof Argument.Table table)) {
                return notKnown(call, "cosine_kwargs of sgdr_schedule is not known");
            }
            OptaxCall one = new OptaxCall(
                    "warmup_cosine_decay_schedule", List.of(), new LinkedHashMap<>(table.entries()), call.place());
            Optional<Curve> curve = of(one);
            if (curve.isEmpty()) {
                return Optional.empty();
            }
            if (!curves.isEmpty()) {
                starts.add(from);
            }
            curves.add(curve.get());
            from += new Numbers(one, findings).whole("decay_steps");
        }
        return Optional.of(Curve.joined(starts, curves, call.name(), List.of()));
    }

    private Optional<Curve> joined(OptaxCall call) {
        if (!(call.named().get("schedules") instanceof Argument.Many schedules)
                || !(call.named().get("boundaries") instanceof Argument.Many boundaries)) {
            return notKnown(call, "the schedules or boundaries of join_schedules are not known");
        }
        List<Argument> parts = schedules.values();
        List<Long> starts = new ArrayList<>();
        for (Argument boundary : boundaries.values()) {
            boundary.number()
                    .flatMap(q -> Numbers.asWhole(q.decimal().toPlainString()))
                    .ifPresent(starts::add);
        }
        boolean rises = starts.stream().sorted().distinct().toList().equals(starts);
        if (parts.size() != starts.size() + 1 || !rises) {
            return notKnown(call, "join_schedules needs rising boundaries, one less than schedules");
        }
        List<Curve> curves = new ArrayList<>();
        for (Argument part : parts) {
            Optional<Curve> curve = of(part);
            if (curve.isEmpty()) {
                return findings.isEmpty() ? notKnown(call, "a part of join_schedules is not known") : curve;
            }
            curves.add(curve.get());
        }
        return Optional.of(Curve.joined(starts, curves, call.name(), List.of()));
    }

    private Optional<Curve> notKnown(OptaxCall call, String why) {
        findings.add(Finding.at(call.place(), Code.SS010, why));
        return Optional.empty();
    }
}
