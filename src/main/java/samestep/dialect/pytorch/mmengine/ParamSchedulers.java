package samestep.dialect.pytorch.mmengine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Entries;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.pytorch.schedule.SchedulerArguments;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;

/**
 * {@code param_scheduler}: one dict, or several, each of which counts epochs or iterations. Source: mmengine/runner/runner.py of 0.10.7,
 * {@code _build_param_scheduler}.
 */
final class ParamSchedulers {
    private static final Set<String> READ =
            Set.of("StepLR", "MultiStepLR", "ExponentialLR", "ConstantLR", "LinearLR", "CosineAnnealingLR", "PolyLR");
    /** Arguments that count steps. */
    private static final Set<String> COUNTS = Set.of("begin", "end", "step_size", "milestones", "T_max");

    private static final Set<String> OTHERS =
            Set.of("type", "by_epoch", "convert_to_iter_based", "verbose", "last_step");

    private final RunLength length;
    private final boolean isByEpoch;
    private final List<Finding> findings;

    /**
     * @param isByEpoch whether the run counts epochs
     */
    ParamSchedulers(RunLength length, boolean isByEpoch, List<Finding> findings) {
        this.length = length;
        this.isByEpoch = isByEpoch;
        this.findings = findings;
    }

    /** One scheduler. */
    private record One(Entries config, String type, boolean byEpoch, boolean converted) {}

    /** What they make together; empty where there is none. */
    Optional<Scheduling> scheduling(Entries all) {
        Optional<Value> value = all.get("param_scheduler");
        if (value.isEmpty()
                || value.get() instanceof Sequence none
                        && none.isComplete()
                        && none.elements().isEmpty()) {
            return Optional.empty();
        }
        List<One> schedulers = new ArrayList<>();
        for (Value each : value.get() instanceof Sequence list ? list.elements() : List.of(value.get())) {
            Optional<One> one = each instanceof Mapping mapping ? one(mapping, all.place()) : Optional.empty();
            if (one.isEmpty()) {
                if (!(each instanceof Mapping)) {
                    all.unknown("param_scheduler", each);
                }
                return Optional.empty();
            }
            schedulers.add(one.get());
        }
        return Optional.of(together(schedulers, all.at("param_scheduler")));
    }

    private Optional<One> one(Mapping mapping, Place otherwise) {
        Entries config = new Entries(mapping, "param_scheduler.", otherwise, findings);
        Optional<String> type = config.text("type");
        if (type.isEmpty() || !READ.contains(type.get())) {
            findings.add(Finding.at(
                    config.at("type"),
                    Code.SS010,
                    "the scheduler " + type.orElse("without a type") + " of MMEngine cannot be read yet"));
            return Optional.empty();
        }
        return Optional.of(new One(
                config, type.get(), config.isOn("by_epoch", true), config.isOn("convert_to_iter_based", false)));
    }

    private Scheduling together(List<One> schedulers, Place place) {
        boolean epochs = schedulers.stream().allMatch(s -> s.byEpoch() && !s.converted());
        boolean iterations = schedulers.stream().noneMatch(One::byEpoch);
        if (!isByEpoch && !iterations) {
            findings.add(Finding.at(
                    place,
                    Code.SS010,
                    "a scheduler counts epochs (by_epoch is not False), and the run counts iterations:"
                            + " MMEngine would not step it before the end; this is not read"));
        }
        boolean inEpochs = epochs && (!length.knowsEpochs() || length.every() == 1);
        if (inEpochs || iterations || length.knowsEpochs()) {
            return new Scheduling(
                    object(schedulers, place, inEpochs), inEpochs ? Schedule.Unit.EPOCHS : Schedule.Unit.UPDATES);
        }
        findings.add(Finding.at(
                        place,
                        Code.SS441,
                        "the schedulers count epochs and iterations, and nothing here says how many iterations an"
                                + " epoch has; --updates-per-epoch or --dataset-size says it")
                .detail("Only the named rate is known."));
        return new Scheduling(object(schedulers, place, true), Schedule.Unit.NOT_SAID);
    }

    private PytorchObject object(List<One> schedulers, Place place, boolean raw) {
        List<PytorchValue> parts = new ArrayList<>();
        Map<String, PytorchValue> named = new LinkedHashMap<>();
        for (One one : schedulers) {
            PytorchObject part = part(one, raw);
            parts.add(new Call(part));
            part.arguments().forEach((name, value) -> {
                if (!name.equals("per")) {
                    named.put(one.type() + "." + name, value);
                }
            });
        }
        PytorchObject whole = new PytorchObject(MmengineSchedules.CLASS, named, Optional.of(place))
                .with("schedulers", new Many(parts, Optional.of(place)));
        if (!raw && length.every() > 1) {
            whole = whole.with("every", new Num(RunLength.count(length.every(), "iterations in an update")));
        }
        Optional<Long> last = raw
                ? length.epochs().map(q -> q.decimal().longValue())
                : length.iterations().isPresent()
                        ? Optional.of(length.iterations().getAsLong())
                        : Optional.empty();
        return last.isEmpty() ? whole : whole.with("last", new Num(RunLength.count(last.get(), "the end of the run")));
    }

    private PytorchObject part(One one, boolean raw) {
        Entries config = one.config();
        boolean stretches = !raw && one.byEpoch() && one.converted();
        long factor = stretches ? length.perEpoch().orElse(1) : 1;
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        for (String field : config.fields()) {
            if (OTHERS.contains(field)) {
                continue;
            }
            SchedulerArguments.unknown(one.type(), "mmengine." + one.type(), field, Optional.of(config.at(field)))
                    .ifPresent(findings::add);
            Value value = config.given(field).orElseThrow();
            Optional<PytorchValue> read = Values.of(value, config.at(field));
            read.ifPresentOrElse(
                    v -> arguments.put(field, COUNTS.contains(field) ? counted(v, factor) : v),
                    () -> config.unknown(field, value));
        }
        if (!raw && one.byEpoch() && !one.converted() && length.knowsEpochs()) {
            arguments.put("per", new Num(RunLength.count(length.perEpoch().getAsLong(), "iterations in an epoch")));
        }
        return new PytorchObject("mmengine." + one.type(), arguments, Optional.of(config.place()));
    }

    private static PytorchValue counted(PytorchValue value, long factor) {
        if (value instanceof Num number) {
            return new Num(RunLength.times(number.quantity(), factor));
        }
        return value instanceof Many many
                ? new Many(many.values().stream().map(v -> counted(v, factor)).toList(), many.place())
                : value;
    }

    /** The rate of a run, where what is known of it multiplies it. */
    static Quantity scaled(Quantity rate, Quantity real, Quantity base) {
        return rate.derived(
                rate.value().times(real.value()).over(base.value()), "lr * batch of all devices / base_batch_size");
    }
}
