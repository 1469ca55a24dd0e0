package samestep.dialect.jax.schedule;

import java.util.ArrayList;
import java.util.List;
import samestep.equation.Expression;
import samestep.equation.Function;
import samestep.recipe.Schedule.NamedValue;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;
import samestep.recipe.Sequence;

/**
 * A number that depends on the update.
 *
 * @param form what it is, in ideal arithmetic
 * @param formula how Optax computes it, with {@code f32} where it rounds: its counter is a whole number of 32 bits, and a quotient
 *     of it has single precision
 * @param name what makes it, for messages
 * @param values the numbers that it is made of
 */
public record Curve(ScheduleForm form, Expression formula, String name, List<NamedValue> values) {
    /** Copies the values. */
    public Curve {
        values = List.copyOf(values);
    }

    /** One that is computed as it is written. */
    static Curve exact(ScheduleForm form, String name, List<NamedValue> values) {
        return new Curve(form, form.formula(), name, values);
    }

    /** Whether its values have single precision. */
    private boolean isSingle() {
        return formula instanceof Expression.Call call && isSingle(call);
    }

    private static boolean isSingle(Expression.Call call) {
        return switch (call.function()) {
            case F32 -> true;
            case WHERE, MIN, MAX ->
                call.arguments().stream()
                        .skip(call.function() == Function.WHERE ? 1 : 0)
                        .allMatch(a -> a instanceof Expression.Call inner && isSingle(inner));
            default -> false;
        };
    }

    /** The same by another name, made of other numbers. */
    Curve as(String otherName, List<NamedValue> others) {
        return new Curve(form, formula, otherName, others);
    }

    /**
     * Curves one after the other, each with steps of its own.
     *
     * @param starts where each but the first begins, rising; one that begins at 0 has nothing before it
     */
    static Curve joined(List<Long> starts, List<Curve> curves, String name, List<NamedValue> values) {
        List<Long> behind = new ArrayList<>();
        List<Curve> parts = new ArrayList<>(List.of(curves.get(0)));
        for (int i = 0; i < starts.size(); i++) {
            if (starts.get(i) <= 0) {
                parts.clear();
            } else {
                behind.add(starts.get(i));
            }
            parts.add(curves.get(i + 1));
        }
        if (parts.size() == 1) {
            return parts.get(0).as(name, values);
        }
        // One part in single precision makes the others so: JAX gives way to it where the others are its own doubles.
        boolean isSingle = parts.stream().anyMatch(Curve::isSingle);
        List<ScheduleForm> computed = parts.stream()
                .map(curve -> isSingle && !curve.isSingle() ? curve.formula().rounded() : curve.formula())
                .map(formula -> (ScheduleForm) new ScheduleForm.Other(formula))
                .toList();
        return new Curve(
                ScheduleForms.joined(behind, parts.stream().map(Curve::form).toList()),
                new Sequence(behind, computed).formula(),
                name,
                values);
    }
}
