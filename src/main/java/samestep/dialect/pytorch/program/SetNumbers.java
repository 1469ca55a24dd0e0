package samestep.dialect.pytorch.program;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.program.table.Values;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.Event;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;

/**
 * Numbers of the groups that the program's own code sets, {@code group['lr'] = lr * group['lr_mult']}, where every one of them is
 * known at every step: a rate of each turn of the loop is a table, everything else has to stay. What is set is followed in the
 * order in which the program does it, so that a rate which is set after the step is that of the next.
 */
final class SetNumbers {
    private static final int MOST_STEPS = 2_000;
    private static final MathContext DIGITS = new MathContext(40);
    private static final BigDecimal ROUNDED = new BigDecimal("1e-12");
    private static final String RATE = "lr";

    private final List<RecordedCall> optimizer;
    private final Steps steps;
    private final int groups;
    private final List<Map<String, Value>> now = new ArrayList<>();
    private final Set<Event> followed = new LinkedHashSet<>();
    private final List<Step> taken = new ArrayList<>();

    /** What the groups have when the optimizer steps. */
    private record Step(Circumstances when, List<Map<String, Value>> groups) {}

    /**
     * What is known.
     *
     * @param first the numbers of each group at the first step, of those that are set
     * @param scheduling the rates, if they change
     * @param steps how many rates the table has
     * @param place where a rate is set first, or else another number
     * @param events those that are understood by this
     */
    record Found(
            List<Map<String, Value>> first,
            Optional<Scheduling> scheduling,
            int steps,
            Place place,
            Set<Event> events) {
        /** The optimizer with the rate of its first group. */
        PytorchObject of(PytorchObject optimizer) {
            Optional<BigDecimal> made = optimizer.number(RATE).map(rate -> rate.decimal());
            return rate(0).filter(rate -> !(rate instanceof PytorchValue.Num number
                            && made.filter(m -> m.compareTo(number.quantity().decimal()) == 0)
                                    .isPresent()))
                    .map(rate -> optimizer.with(RATE, rate))
                    .orElse(optimizer);
        }

        private Optional<PytorchValue> rate(int group) {
            return group < first.size()
                    ? Optional.ofNullable(first.get(group).get(RATE)).flatMap(v -> Values.of(v, place))
                    : Optional.empty();
        }

        /** The groups with these numbers; the rate of the first one is the optimizer's. */
        List<Groups.Group> in(List<Groups.Group> groups) {
            List<Groups.Group> all = new ArrayList<>();
            for (int i = 0; i < groups.size(); i++) {
                Groups.Group group = groups.get(i);
                Map<String, PytorchValue> arguments = new LinkedHashMap<>(group.arguments());
                first.get(i)
                        .forEach((name, value) -> Values.of(value, place).ifPresent(read -> arguments.put(name, read)));
                boolean isFirst =
                        rate(0).isPresent() && SetNumbers.rate(first.get(0)).equals(SetNumbers.rate(first.get(i)));
                if (isFirst) {
                    arguments.remove(RATE);
                }
                all.add(new Groups.Group(group.parameters(), arguments, group.place()));
            }
            return all;
        }
    }

    private SetNumbers(List<RecordedCall> optimizer, Steps steps, ModelWorld world, int groups) {
        this.optimizer = optimizer;
        this.steps = steps;
        this.groups = groups;
        for (int i = 0; i < groups; i++) {
            Map<String, Value> own = new LinkedHashMap<>();
            world.number(optimizer.get(0), i, RATE).ifPresent(rate -> own.put(RATE, rate));
            now.add(own);
        }
    }

    /**
     * The numbers that a program sets.
     *
     * @param groups how many groups its optimizer has
     * @return empty where it sets none, or not all that it sets is known
     */
    static Optional<Found> of(Trace trace, List<RecordedCall> optimizer, Steps steps, ModelWorld world, int groups) {
        boolean mayFollow = optimizer.size() == 1
                && !trace.isCutOff()
                && trace.calls().stream().noneMatch(Schedulers::isScheduler);
        if (!mayFollow) {
            return Optional.empty();
        }
        SetNumbers numbers = new SetNumbers(optimizer, steps, world, groups);
        return numbers.follow(trace) && !numbers.followed.isEmpty() ? numbers.found() : Optional.empty();
    }

    private boolean follow(Trace trace) {
        Set<RecordedCall> all = Set.copyOf(steps.all());
        for (Event event : trace.events()) {
            if (event instanceof Event.ElementSet set && OptimizerChanges.isOfGroups(set.owner())) {
                if (!set(set)) {
                    return false;
                }
            } else if (event instanceof RecordedCall call && all.contains(call)) {
                taken.add(new Step(
                        call.circumstances(), now.stream().map(Map::copyOf).toList()));
            }
        }
        return !taken.isEmpty() && taken.size() <= MOST_STEPS;
    }

    private boolean set(Event.ElementSet set) {
        Optional<Integer> group = group(set.owner());
        boolean isKnown = group.isPresent()
                && set.index() instanceof Value.Text key
                && !key.value().equals("params")
                && !(set.value() instanceof Mapping)
                && !set.circumstances().isConditional()
                && !set.circumstances().isRepeated()
                && Values.of(set.value(), set.place()).isPresent();
        if (isKnown) {
            now.get(group.get()).put(((Value.Text) set.index()).value(), set.value());
            followed.add(set);
        }
        return isKnown;
    }

    private Optional<Integer> group(Value owner) {
        return owner instanceof Value.Element element
                        && element.owner() instanceof Value.Member list
                        && list.name().equals("param_groups")
                        && list.owner() instanceof Value.Made made
                        && optimizer.contains(made.call())
                        && element.index() instanceof Value.Number number
                ? number.small().filter(i -> i >= 0 && i < groups)
                : Optional.empty();
    }

    private Optional<Found> found() {
        List<Map<String, Value>> first = taken.get(0).groups;
        boolean areSteady = taken.stream().allMatch(step -> areSteady(step.groups, first));
        long withRate = first.stream().filter(own -> own.containsKey(RATE)).count();
        if (!areSteady || withRate > 0 && withRate < groups) {
            return Optional.empty();
        }
        Place place = followed.stream()
                .map(event -> (Event.ElementSet) event)
                .filter(set ->
                        set.index() instanceof Value.Text key && key.value().equals(RATE))
                .findFirst()
                .orElse((Event.ElementSet) followed.iterator().next())
                .place();
        boolean areConstant = taken.stream()
                .allMatch(step -> step.groups.stream()
                        .map(SetNumbers::rate)
                        .toList()
                        .equals(first.stream().map(SetNumbers::rate).toList()));
        if (areConstant) {
            return Optional.of(new Found(first, Optional.empty(), 0, place, followed));
        }
        return table(place)
                .map(rates ->
                        new Found(first, Optional.of(scheduling(rates, place)), rates.factors.size(), place, followed));
    }

    /** Whether all but the rate is as at the first step. */
    private static boolean areSteady(List<Map<String, Value>> groups, List<Map<String, Value>> first) {
        for (int i = 0; i < groups.size(); i++) {
            Map<String, Value> own = groups.get(i);
            Map<String, Value> start = first.get(i);
            if (!withoutRate(own).equals(withoutRate(start))) {
                return false;
            }
        }
        return true;
    }

    /** By name, what tells values apart. */
    private static Map<String, Object> withoutRate(Map<String, Value> group) {
        Map<String, Object> keys = new LinkedHashMap<>();
        group.forEach((name, value) -> keys.put(name, name.equals(RATE) ? RATE : Keys.of(value)));
        return keys;
    }

    private static Optional<Object> rate(Map<String, Value> group) {
        return Optional.ofNullable(group.get(RATE)).map(Keys::of);
    }

    private record Rates(List<BigDecimal> factors, Schedule.Unit unit) {}

    /** What the first rate is multiplied by in each epoch, or in each update. */
    private Optional<Rates> table(Place place) {
        List<Loop> loops = taken.get(0).when.loops();
        boolean isFollowed = !loops.isEmpty()
                && loops.size() <= 2
                && taken.stream()
                        .allMatch(step -> step.when.loops().size() == loops.size()
                                && step.when
                                        .loops()
                                        .get(0)
                                        .place()
                                        .equals(loops.get(0).place())
                                && step.when.loops().get(0).isKnown());
        if (!isFollowed) {
            return Optional.empty();
        }
        Map<Integer, Set<BigDecimal>> byTurn = new LinkedHashMap<>();
        List<BigDecimal> each = new ArrayList<>();
        for (Step step : taken) {
            Optional<BigDecimal> factor = factor(step);
            if (factor.isEmpty()) {
                return Optional.empty();
            }
            each.add(factor.get());
            byTurn.computeIfAbsent(step.when.loops().get(0).turn(), t -> new LinkedHashSet<>())
                    .add(factor.get());
        }
        boolean isByTurn = byTurn.values().stream().allMatch(own -> own.size() == 1) && areContiguous(byTurn.keySet());
        boolean isEach = taken.stream().noneMatch(step -> step.when.isRepeated() || step.when.isConditional());
        if (loops.size() == 2 && isByTurn) {
            return Optional.of(new Rates(
                    byTurn.values().stream().map(own -> own.iterator().next()).toList(), Schedule.Unit.EPOCHS));
        }
        boolean isOneEach = loops.size() == 2 || byTurn.size() == taken.size();
        return isEach && isOneEach ? Optional.of(new Rates(each, Schedule.Unit.UPDATES)) : Optional.empty();
    }

    private static boolean areContiguous(Set<Integer> turns) {
        int next = 0;
        for (int turn : turns) {
            if (turn != next++) {
                return false;
            }
        }
        return true;
    }

    /** The rate through the first one, if it is the same in all groups. */
    private Optional<BigDecimal> factor(Step step) {
        Optional<BigDecimal> common = Optional.empty();
        for (int i = 0; i < groups; i++) {
            Value first = taken.get(0).groups.get(i).get(RATE);
            Value own = step.groups.get(i).get(RATE);
            if (!(first instanceof Value.Number a && own instanceof Value.Number b)
                    || a.formula().isEmpty()
                    || b.formula().isEmpty()
                    || a.value() <= 0) {
                return Optional.empty();
            }
            BigDecimal factor = b.decimal().divide(a.decimal(), DIGITS).stripTrailingZeros();
            boolean isOther = common.isPresent()
                    && common.get().subtract(factor).abs().compareTo(ROUNDED.multiply(factor.abs())) > 0;
            if (isOther) {
                return Optional.empty();
            }
            common = Optional.of(common.orElse(factor));
        }
        return common;
    }

    private static Scheduling scheduling(Rates rates, Place place) {
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        BigDecimal before = null;
        for (int i = 0; i < rates.factors.size(); i++) {
            BigDecimal factor = rates.factors.get(i);
            if (before == null || factor.compareTo(before) != 0) {
                if (before != null) {
                    starts.add((long) i);
                }
                values.add(Expression.literal(factor));
                before = factor;
            }
        }
        PytorchValue curve =
                new PytorchValue.Curve(place.text(), new ScheduleForm.Steps(starts, values), Optional.of(place));
        PytorchObject lambda =
                new PytorchObject("torch.optim.lr_scheduler.LambdaLR", Map.of("lr_lambda", curve), Optional.of(place));
        return new Scheduling(lambda, rates.unit);
    }
}
