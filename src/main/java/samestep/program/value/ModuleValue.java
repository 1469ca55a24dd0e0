package samestep.program.value;

import samestep.text.SourceText;

/**
 * A module of the same repository.
 *
 * @param name its dotted name as it was imported
 * @param scope its bindings
 * @param source its file
 */
public record ModuleValue(String name, Scope scope, SourceText source) implements Value {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "module " + name;
    }
}
