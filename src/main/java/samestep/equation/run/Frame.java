package samestep.equation.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import samestep.equation.Builtin;
import samestep.equation.Shape;

/**
 * The values of names for one tensor while an update is computed, and its states between updates.
 *
 * @param <V> the values
 */
public final class Frame<V> {
    private Object[] slots;
    private final String layer;
    private final Shape shape;
    private final Frame<V> group;
    private final Frame<V> run;
    private final V unset;

    private Frame(String layer, Shape shape, @Nullable Frame<V> group, @Nullable Frame<V> run, V unset) {
        this.layer = layer;
        this.shape = shape;
        this.group = group == null ? this : group;
        this.run = run == null ? this : run;
        this.unset = unset;
        this.slots = new Object[Builtin.NAMES.size()];
        Arrays.fill(slots, unset);
    }

    /** What belongs to the whole run. */
    public static <V> Frame<V> run(V unset) {
        return new Frame<>("", Shape.SCALAR, null, null, unset);
    }

    /** What belongs to a group of tensors of this run. */
    public Frame<V> newGroup() {
        return new Frame<>("", Shape.SCALAR, null, this, unset);
    }

    /** What belongs to a tensor of this group, in a layer of that name. */
    public Frame<V> newTensor(String layerName, Shape tensorShape) {
        return new Frame<>(layerName, tensorShape, this, run, unset);
    }

    /** The shape of the tensor. */
    public Shape shape() {
        return shape;
    }

    /** The name of its layer. */
    String layer() {
        return layer;
    }

    /** The frame of its group. */
    Frame<V> group() {
        return group;
    }

    /** The frame of the run. */
    Frame<V> run() {
        return run;
    }

    /** The value in a slot. */
    @SuppressWarnings("unchecked") // set() puts nothing else in.
    public V get(int slot) {
        return slot < slots.length ? (V) slots[slot] : unset;
    }

    /** Puts a value into a slot. */
    public void set(int slot, V value) {
        if (slot >= slots.length) {
            int known = slots.length;
            slots = Arrays.copyOf(slots, Math.max(slot + 1, 2 * known));
            Arrays.fill(slots, known, slots.length, unset);
        }
        slots[slot] = value;
    }

    /** The value of a built-in name. */
    public V builtin(String name) {
        return get(Builtin.slot(name));
    }

    /** Gives a built-in name its value. */
    public void builtin(String name, V value) {
        set(Builtin.slot(name), value);
    }
}
