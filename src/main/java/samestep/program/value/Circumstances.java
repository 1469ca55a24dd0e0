package samestep.program.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import samestep.finding.Place;

/**
 * Under what something happens.
 *
 * @param conditions the conditions that are not known and must hold, outermost first
 * @param loops the loops around it, outermost first
 * @param contexts the values of the {@code with} statements around it, outermost first
 * @param functions the program's functions that are running, outermost first
 */
public record Circumstances(
        List<Condition> conditions, List<Loop> loops, List<Value> contexts, List<String> functions) {
    private static final int MOST_CONDITIONS = 64;

    /** At the top of a program. */
    public static final Circumstances NONE = new Circumstances(List.of(), List.of(), List.of(), List.of());

    /**
     * A condition of which is not known whether it holds.
     *
     * @param place the expression
     * @param test its value, as far as it is known
     * @param holds whether it must be true, or false
     */
    public record Condition(Place place, Value test, boolean holds) {
        /** By the place alone: values share their parts, and to walk them takes time that doubles with each level. */
        @Override
        public int hashCode() {
            return Objects.hash(place, holds);
        }

        @Override
        public String toString() {
            String text = place.text().replaceAll("\\s+", " ");
            String cut = text.length() > 60 ? text.substring(0, 60) + "..." : text;
            return (holds ? cut : "not (" + cut + ")") + " at " + place;
        }
    }

    /**
     * A loop.
     *
     * @param place the statement's head
     * @param iterable what a for goes over; empty of a while
     * @param isKnown whether each turn is taken by itself; otherwise one turn stands for all
     * @param turn the turn's number, from 0
     */
    public record Loop(Place place, Optional<Value> iterable, boolean isKnown, int turn) {}

    /** Copies the lists. */
    public Circumstances {
        conditions = List.copyOf(conditions);
        loops = List.copyOf(loops);
        contexts = List.copyOf(contexts);
        functions = List.copyOf(functions);
    }

    /** Whether it may not happen at all. */
    public boolean isConditional() {
        return !conditions.isEmpty();
    }

    /** Whether a condition is decided by those that must hold here: the same test, asked before. */
    public Optional<Boolean> decides(Value test) {
        if (conditions.isEmpty() || !test.isSymbolic()) {
            return Optional.empty();
        }
        for (Condition condition : conditions) {
            if (Keys.equal(condition.test(), test)) {
                return Optional.of(condition.holds());
            }
        }
        return Optional.empty();
    }

    /** The value that is left of several when those that contradict these conditions are left out. */
    public Value narrowed(Value value) {
        if (conditions.isEmpty() || !(value instanceof Value.OneOf oneOf)) {
            return value;
        }
        List<Value.Alternative> possible = oneOf.alternatives().stream()
                .filter(alternative -> alternative.conditions().stream()
                        .noneMatch(c -> decides(c.test())
                                .map(holds -> holds != c.holds())
                                .orElse(false)))
                .toList();
        return possible.isEmpty() || possible.size() == oneOf.alternatives().size() ? value : Mutable.oneOf(possible);
    }

    /** Whether it stands for any number of turns of a loop. */
    public boolean isRepeated() {
        return loops.stream().anyMatch(loop -> !loop.isKnown());
    }

    /** The same, under one more condition; the same condition twice is once. */
    public Circumstances when(Condition condition) {
        boolean isKnown = conditions.stream()
                .anyMatch(c -> c.holds() == condition.holds() && c.place().equals(condition.place()));
        if (isKnown || conditions.size() >= MOST_CONDITIONS) {
            return this;
        }
        List<Condition> all = new ArrayList<>(conditions);
        all.add(condition);
        return new Circumstances(all, loops, contexts, functions);
    }

    /** The same, inside of one more loop. */
    public Circumstances in(Loop loop) {
        List<Loop> all = new ArrayList<>(loops);
        all.add(loop);
        return new Circumstances(conditions, all, contexts, functions);
    }

    /** The same, with other conditions. */
    public Circumstances with(List<Condition> others) {
        return new Circumstances(others, loops, contexts, functions);
    }

    /** The same, inside of one more {@code with}. */
    public Circumstances inside(Value context) {
        List<Value> all = new ArrayList<>(contexts);
        all.add(context);
        return new Circumstances(conditions, loops, all, functions);
    }

    /** The same, inside of a function. */
    public Circumstances in(String function) {
        List<String> all = new ArrayList<>(functions);
        all.add(function);
        return new Circumstances(conditions, loops, contexts, all);
    }
}
