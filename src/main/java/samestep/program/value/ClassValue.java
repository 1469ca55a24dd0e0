package samestep.program.value;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;

/**
 * A class of the program.
 *
 * @param name its name
 * @param bases what it inherits from: classes of the program, of libraries, or unknown values
 * @param body its attributes and methods
 * @param fields the names with type hints in its body, in order
 * @param isDataclass whether its constructor takes its fields
 * @param place its definition
 */
public record ClassValue(
        String name, List<Value> bases, Scope body, List<String> fields, boolean isDataclass, Place place)
        implements Value {

    /** Copies the lists. */
    public ClassValue {
        bases = List.copyOf(bases);
        fields = List.copyOf(fields);
    }

    /** The classes in the order in which an attribute is looked up, as far as they are of the program. */
    public List<ClassValue> order() {
        Set<ClassValue> order = new LinkedHashSet<>();
        collect(this, order, 0);
        return new ArrayList<>(order);
    }

    // Depth first, where a class that is met again moves back: Python's order for all but the strangest diamonds.
    private static void collect(ClassValue type, Set<ClassValue> order, int depth) {
        if (depth > 30) {
            return;
        }
        order.remove(type);
        order.add(type);
        for (Value base : type.bases) {
            if (base instanceof ClassValue inner) {
                collect(inner, order, depth + 1);
            }
        }
    }

    /** An attribute of the class or of those it inherits from. */
    public Optional<Value> attribute(String attribute) {
        return order().stream()
                .flatMap(type -> type.body.own(attribute).stream())
                .findFirst();
    }

    /** The classes of libraries that it inherits from, the nearest first, without {@code object}. */
    public List<Library> libraryBases() {
        return order().stream()
                .flatMap(type -> type.bases.stream())
                .filter(Library.class::isInstance)
                .map(Library.class::cast)
                .filter(base -> !base.name().equals("object"))
                .toList();
    }

    /** Whether anything about what it inherits from is not known. */
    public boolean hasUnknownBases() {
        return order().stream()
                .flatMap(type -> type.bases.stream())
                .anyMatch(base -> !(base instanceof ClassValue) && !(base instanceof Library));
    }

    /** Whether all that it inherits from is the program's own, so that nothing about it is a library's. */
    public boolean isOwn() {
        return libraryBases().isEmpty() && !hasUnknownBases();
    }

    /** Whether it is a class or inherits from it. */
    public boolean isA(Value type) {
        return order().contains(type)
                || type instanceof Library library
                        && libraryBases().stream().anyMatch(base -> base.mayBe(library.name()));
    }

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
        return "class " + name;
    }
}
