package samestep.program.value;

import java.util.Optional;

/**
 * A function of Python's own, or a method of a value of Python's own.
 *
 * @param name such as {@code len}, or {@code append}
 * @param receiver what the method belongs to
 */
public record Builtin(String name, Optional<Value> receiver) implements Value {
    @Override
    public String toString() {
        return "built-in " + name;
    }
}
