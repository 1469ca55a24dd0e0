package samestep.program.value;

import java.util.List;
import samestep.program.value.Circumstances.Condition;

/** What statements change. An unknown condition changes it in two ways, which are joined. */
public interface Mutable {

    /** How much there is to copy. */
    int extent();

    /** Whether a library was given it, so that it may see what is changed later. */
    default boolean isGiven() {
        return false;
    }

    /** The same for a container and its copies in recorded calls. */
    default Object identity() {
        return this;
    }

    /** What it is now. */
    Object save();

    /** As it was when that was saved. */
    void restore(Object saved);

    /** What it is now, while it becomes again what it was when that was saved: cheaper than one after the other. */
    Object exchange(Object saved);

    /**
     * Either of two, both saved.
     *
     * @param then what it is if the condition holds
     * @param otherwise what it is if not
     */
    void join(Object then, Object otherwise, Condition condition);

    /**
     * After one turn that stands for any number of turns of a loop.
     *
     * @param before what it was before the loop
     * @param after what it is after one turn
     * @param taken that there is a turn
     */
    default void turn(Object before, Object after, Condition taken) {
        join(after, before, taken);
    }

    /** One value for two. */
    static Value join(Value then, Value otherwise, Condition condition) {
        return Joins.join(then, otherwise, condition);
    }

    /** One value for several. */
    static Value oneOf(List<Value.Alternative> alternatives) {
        return Joins.oneOf(alternatives);
    }
}
