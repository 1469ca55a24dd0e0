package samestep.dialect.pytorch.lazy;

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
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.pytorch.schedule.FvcoreSchedules;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;

/** {@code lr_multiplier}: a scheduler of fvcore, whose value the trainer multiplies each group's rate by at every update. */
final class LazySchedule {
    private static final Map<String, Set<String>> ARGUMENTS = Map.of(
            "WarmupParamScheduler",
                    Set.of("scheduler", "warmup_factor", "warmup_length", "warmup_method", "rescale_interval"),
            "MultiStepParamScheduler", Set.of("values", "num_updates", "milestones"),
            "StepParamScheduler", Set.of("num_updates", "values"),
            "CompositeParamScheduler", Set.of("schedulers", "lengths", "interval_scaling"),
            "ConstantParamScheduler", Set.of("value"),
            "CosineParamScheduler", Set.of("start_value", "end_value"),
            "LinearParamScheduler", Set.of("start_value", "end_value"),
            "ExponentialParamScheduler", Set.of("start_value", "decay"),
            "PolynomialDecayParamScheduler", Set.of("base_value", "power"));
    private static final List<String> MODULES =
            List.of("fvcore.common.param_scheduler.", "detectron2.solver.lr_scheduler.", "detectron2.solver.");

    private final List<Finding> findings;

    LazySchedule(List<Finding> findings) {
        this.findings = findings;
    }

    /**
     * The scheduling; empty, with a finding, where the scheduler is not known.
     *
     * @param length of the run, in updates
     */
    Optional<Scheduling> of(Entries config, Quantity length) {
        Map<String, PytorchValue> named = new LinkedHashMap<>();
        named.put("max_iter", new Num(length));
        Optional<PytorchObject> multiplier = object(config, named, "");
        Optional<Place> place = Optional.of(config.place());
        return multiplier.map(object -> new Scheduling(
                new PytorchObject(FvcoreSchedules.CLASS, named, place).with("multiplier", new Call(object)),
                Schedule.Unit.UPDATES));
    }

    /**
     * @param named every number goes here too, with its scheduler's name
     * @param before what that name begins with, where it is one of several
     */
    private Optional<PytorchObject> object(Entries config, Map<String, PytorchValue> named, String before) {
        Optional<String> name = LazyReader.target(config).flatMap(LazySchedule::known);
        if (name.isEmpty()) {
            findings.add(Finding.at(
                    config.place(),
                    Code.SS010,
                    "the scheduler " + LazyReader.target(config).orElse("of this dict") + " cannot be read yet"));
            return Optional.empty();
        }
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        config.mapping().rest().ifPresent(rest -> config.unknown("*", rest));
        for (String field : config.fields()) {
            if (field.equals(LazyWorld.TARGET)) {
                continue;
            }
            if (!ARGUMENTS.get(name.get()).contains(field)) {
                findings.add(Finding.at(config.at(field), Code.SS004, name.get() + " has no argument " + field));
            }
            Value value = config.given(field).orElseThrow();
            boolean isParts = value instanceof Mapping || field.equals("schedulers");
            Optional<PytorchValue> read = value instanceof Mapping
                    ? config.inner(field)
                            .flatMap(inner -> object(inner, named, before))
                            .map(Call::new)
                    : isParts ? parts(config, value, named, before) : Values.of(value, config.at(field));
            if (read.isEmpty() && !isParts) {
                config.unknown(field, value);
            }
            read.ifPresent(v -> arguments.put(field, v));
            read.filter(v -> !isParts).ifPresent(v -> named.put(before + name.get() + "." + field, v));
        }
        return Optional.of(
                new PytorchObject(FvcoreSchedules.PREFIX + name.get(), arguments, Optional.of(config.place())));
    }

    /** Several schedulers in a list. */
    private Optional<PytorchValue> parts(Entries config, Value value, Map<String, PytorchValue> named, String before) {
        List<PytorchValue> parts = new ArrayList<>();
        boolean isList = value instanceof Sequence list
                && list.rest().isEmpty()
                && list.elements().stream().allMatch(Mapping.class::isInstance);
        if (!isList) {
            config.unknown("schedulers", value);
            return Optional.empty();
        }
        for (Value element : ((Sequence) value).elements()) {
            String path = "schedulers[" + parts.size() + "].";
            Entries inner = new Entries((Mapping) element, config.name(path), config.place(), findings);
            Optional<PytorchObject> part = object(inner, named, before + path);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new Call(part.get()));
        }
        return Optional.of(new PytorchValue.Many(parts, Optional.of(config.at("schedulers"))));
    }

    private static Optional<String> known(String path) {
        return MODULES.stream()
                .filter(path::startsWith)
                .map(module -> path.substring(module.length()))
                .filter(ARGUMENTS::containsKey)
                .findFirst();
    }
}
