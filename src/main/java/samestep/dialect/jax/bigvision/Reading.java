package samestep.dialect.jax.bigvision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Births;
import samestep.dialect.Entries;
import samestep.dialect.Run;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.OptaxCall;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule.NamedValue;
import samestep.recipe.ScheduleForm;

/**
 * The chain that big_vision makes of a configuration: the clip, the transformation that {@code optax_name} names, {@code lr}, the
 * decay, the schedule, and the sign. So the decay is times the schedule, and not times {@code lr}. Source: big_vision/optax.py, make.
 */
final class Reading {
    private static final String OWN = "big_vision.";

    private final Entries config;
    private final List<Finding> findings;
    private final Durations durations;
    private final Optional<Quantity> batch;
    private boolean isOpen;

    Reading(Entries config, Run run, List<Finding> findings) {
        this.config = config;
        this.findings = findings;
        Optional<Entries> input = config.get("input").isPresent() ? config.inner("input") : Optional.empty();
        this.batch = input.flatMap(i -> i.number("batch_size"));
        Durations known = new Durations(batch, run.dataSet(), Optional.empty());
        this.durations = known.with(known.of("total", config, Optional.empty(), findings));
    }

    Optional<Quantity> batch() {
        return batch;
    }

    OptionalLong length() {
        return durations.total().map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Whether it is not known how the rate changes. */
    boolean isOpen() {
        return isOpen;
    }

    /** The chain; empty, with a finding, where it is not known. */
    Optional<OptaxCall> chain() {
        refused();
        List<Argument> parts = new ArrayList<>();
        config.number("grad_clip_norm")
                .filter(norm -> !norm.isZero())
                .ifPresent(norm -> parts.add(call("clip_by_global_norm", Map.of("max_norm", new Argument.Num(norm)))));
        Optional<Argument> transform = transform();
        transform.ifPresent(parts::add);
        Optional<Quantity> rate = config.number("lr");
        rate.ifPresent(lr -> parts.add(call("scale", Map.of("step_size", new Argument.Num(lr)))));
        if (rate.isEmpty() && config.get("lr").isEmpty()) {
            findings.add(Finding.at(config.place(), Code.SS010, "lr is not known: the configuration has none"));
        }
        multipliers("lr_mults", parts, number -> call("scale", Map.of("step_size", new Argument.Num(number))));
        decay(parts);
        schedules(parts);
        parts.add(call(
                "scale",
                Map.of("step_size", new Argument.Num(Quantity.byDefault("-1", "big_vision, which descends")))));
        return transform.isPresent() && rate.isPresent()
                ? Optional.of(new OptaxCall("chain", parts, Map.of(), config.at("optax_name")))
                : Optional.empty();
    }

    private void refused() {
        for (String field : List.of("optim", "weight_decay")) {
            if (config.get(field).isPresent()) {
                findings.add(Finding.at(config.at(field), Code.SS004, "big_vision refuses the field " + field));
            }
        }
        if (config.isOn("grad_clip_per_example", false)) {
            findings.add(Finding.at(
                    config.at("grad_clip_per_example"), Code.SS010, "a clip of each example cannot be read yet"));
        }
    }

    private Argument call(String name, Map<String, Argument> arguments) {
        return new Argument.Given(new OptaxCall(name, List.of(), arguments, config.at("optax_name")));
    }

    private Optional<Argument> transform() {
        Optional<String> written = config.text("optax_name");
        Map<String, Argument> arguments = new LinkedHashMap<>();
        if (config.get("optax").isPresent()) {
            config.inner("optax")
                    .ifPresent(given -> given.fields().forEach(field -> arguments.put(field, value(given, field))));
        }
        if (written.isEmpty()) {
            if (config.get("optax_name").isEmpty()) {
                findings.add(Finding.at(config.place(), Code.SS008, "this configuration names no optimizer"));
            }
            return Optional.empty();
        }
        return switch (written.get()) {
            case OWN + "sgd" -> Optional.of(call("identity", arguments));
            case OWN + "momentum_hp" -> {
                Map<String, Argument> trace = new LinkedHashMap<>(arguments);
                Argument decay = trace.remove("momentum");
                trace.remove("dtype");
                trace.put(
                        "decay",
                        decay == null
                                ? new Argument.Num(Quantity.byDefault("0.9", "big_vision's default of momentum"))
                                : decay);
                yield Optional.of(call("trace", trace));
            }
            default -> Optional.of(call(written.get(), arguments));
        };
    }

    private static Argument value(Entries entries, String field) {
        Value value = entries.given(field).orElseThrow();
        if (value instanceof Value.Number number && number.formula().isPresent()) {
            return new Argument.Num(Births.quantity(number, entries.at(field)));
        }
        if (value instanceof Value.Bool bool) {
            return new Argument.Flag(bool.value());
        }
        if (value instanceof Value.Text text) {
            return new Argument.Text(text.value());
        }
        return value instanceof Value.None
                ? new Argument.Nothing()
                : new Argument.Unknown(samestep.dialect.write.Reasons.of(value), entries.at(field));
    }

    /** Kernels only, by default; {@code wd} times the multiplier is added to the direction times {@code lr}. */
    private void decay(List<Argument> parts) {
        Optional<Quantity> decay = config.get("wd").isPresent() ? config.number("wd") : Optional.empty();
        if (decay.filter(d -> !d.isZero()).isEmpty()) {
            return;
        }
        if (config.get("wd_mults").isEmpty()) {
            List<Argument> masks =
                    NamePatterns.masks(List.of(".*/kernel$"), config.at("wd")).orElseThrow();
            parts.add(decayed(decay.get(), masks.get(0)));
            return;
        }
        patterns("wd_mults")
                .forEach((mask, share) -> number(share, "wd_mults").ifPresent(q -> {
                    Quantity wd = q.isOne()
                            ? decay.get()
                            : decay.get().derived(decay.get().value().times(q.value()), "wd * wd_mults");
                    parts.add(decayed(wd, mask));
                }));
    }

    private Argument decayed(Quantity decay, Argument mask) {
        return call("add_decayed_weights", Map.of("weight_decay", new Argument.Num(decay), "mask", mask));
    }

    private interface Part {
        Argument of(Quantity number);
    }

    private void multipliers(String field, List<Argument> parts, Part part) {
        if (config.get(field).isPresent()) {
            patterns(field)
                    .forEach((mask, share) -> number(share, field)
                            .filter(q -> !q.isOne())
                            .ifPresent(q -> parts.add(masked(part.of(q), mask))));
        }
    }

    private Argument masked(Argument part, Argument mask) {
        return call("masked", Map.of("inner", part, "mask", mask));
    }

    private Optional<Quantity> number(Value value, String field) {
        if (value instanceof Value.Number number && number.formula().isPresent()) {
            return Optional.of(Births.quantity(number, config.at(field)));
        }
        findings.add(Finding.at(config.at(field), Code.SS010, field + " has a number that is not known"));
        return Optional.empty();
    }

    /** A list of pairs of a pattern and what holds for it, as masks and that. */
    private Map<Argument, Value> patterns(String field) {
        Map<Argument, Value> all = new LinkedHashMap<>();
        List<String> patterns = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (Value pair : config.list(field).orElse(List.of())) {
            if (pair instanceof Sequence two
                    && two.elements().size() == 2
                    && two.elements().get(0) instanceof Value.Text pattern) {
                patterns.add(pattern.value());
                values.add(two.elements().get(1));
            }
        }
        Place place = config.at(field);
        Optional<List<Argument>> masks = patterns.isEmpty() ? Optional.empty() : NamePatterns.masks(patterns, place);
        if (masks.isEmpty()) {
            findings.add(
                    Finding.at(
                            place,
                            Code.SS010,
                            field
                                    + " tells parameters apart by the names of layers, which are not known: a model is not read"));
            return all;
        }
        for (int i = 0; i < patterns.size(); i++) {
            all.put(masks.get().get(i), values.get(i));
        }
        return all;
    }

    /** One schedule, or one for each pattern; None freezes. */
    private void schedules(List<Argument> parts) {
        Optional<Value> given = config.given("schedule");
        if (given.isEmpty() || given.get() instanceof Mapping) {
            Mapping none = new Mapping(Mapping.DICT, Optional.of(config.place()));
            schedule(given.map(v -> (Mapping) v).orElse(none)).ifPresent(parts::add);
        } else if (given.get() instanceof Sequence) {
            patterns("schedule").forEach((mask, value) -> {
                if (value instanceof Value.None) {
                    // The library's clip leaves these out (optax.masked with not_frozen_mask), so they are zero before
                    // it.
                    parts.add(0, masked(call("set_to_zero", Map.of()), mask));
                } else if (value instanceof Mapping one) {
                    schedule(one).ifPresent(s -> parts.add(masked(s, mask)));
                } else {
                    findings.add(Finding.at(config.at("schedule"), Code.SS010, "a schedule is not known"));
                }
            });
        } else {
            findings.add(Finding.at(config.at("schedule"), Code.SS010, "the schedule is not known"));
        }
    }

    private Optional<Argument> schedule(Mapping mapping) {
        Entries entries = new Entries(mapping, "schedule.", config.at("schedule"), findings);
        if (mapping.size() == 0) {
            return Optional.empty();
        }
        int before = findings.size();
        Optional<ScheduleForm> form = new Decline(entries, durations, findings).form();
        if (form.isEmpty()) {
            isOpen = true;
            if (findings.size() == before) {
                findings.add(Finding.at(
                                entries.place(),
                                Code.SS441,
                                "how the rate changes is not known: the configuration does not say how long the run is,"
                                        + " or --dataset-size is missing")
                        .detail("Only the named rate is known."));
            }
            // What stands for it multiplies the decay too.
            return Optional.of(call(
                    "scale_by_schedule",
                    Map.of(
                            "step_size_fn",
                            new Argument.Curve(new ScheduleForm.Constant(ScheduleForm.ONE), "not known", List.of()))));
        }
        List<NamedValue> values = new ArrayList<>();
        for (String field : entries.fields()) {
            if (entries.given(field).orElse(null) instanceof Value.Number number
                    && number.formula().isPresent()) {
                values.add(new NamedValue(field, Births.quantity(number, entries.at(field))));
            }
        }
        String name = entries.text("decay_type").orElse("stair");
        return Optional.of(call(
                "scale_by_schedule",
                Map.of("step_size_fn", new Argument.Curve(form.get(), "big_vision's " + name, values))));
    }
}
