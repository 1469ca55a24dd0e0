package samestep.dialect;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;

/**
 * The entries of a dict of a program. What was asked for is remembered; a value that is not known is an error at its place.
 */
public final class Entries {
    private final Mapping mapping;
    private final String path;
    private final Place place;
    private final List<Finding> findings;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * Entries.
     *
     * @param path what messages put before a field's name; empty or ending in a dot
     * @param otherwise where values are that have no place of their own
     * @param findings what is wrong with them goes here
     */
    public Entries(Mapping mapping, String path, Place otherwise, List<Finding> findings) {
        this.mapping = mapping;
        this.path = path;
        this.place = mapping.place().orElse(otherwise);
        this.findings = findings;
    }

    /** The dict itself. */
    public Mapping mapping() {
        return mapping;
    }

    /** Where it is made. */
    public Place place() {
        return place;
    }

    /** The whole name of a field. */
    public String name(String field) {
        return path + field;
    }

    /** A value; empty where there is none, and for {@code None}. */
    public Optional<Value> get(String field) {
        return given(field).filter(value -> !(value instanceof Value.None));
    }

    /** A value, which may be {@code None}. */
    public Optional<Value> given(String field) {
        asked.add(field);
        Optional<Value> value = mapping.get(field);
        if (value.isEmpty() && mapping.rest().isPresent()) {
            unknown(field, mapping.rest().get());
        }
        return value;
    }

    /** Whether there is such a field, whatever its value. */
    public boolean has(String field) {
        return given(field).isPresent();
    }

    /** Where a value is written, or the dict. */
    public Place at(String field) {
        return mapping.get(field).map(value -> at(value, place)).orElse(place);
    }

    /** Where a value is written. */
    public static Place at(Value value, Place otherwise) {
        if (value instanceof Mapping inner) {
            return inner.place().orElse(otherwise);
        }
        if (value instanceof Sequence inner) {
            return inner.place().orElse(otherwise);
        }
        List<Place> literals = value.born().literals().stream().distinct().toList();
        return literals.size() == 1 ? literals.get(0) : otherwise;
    }

    /** A number. */
    public Optional<Quantity> number(String field) {
        return get(field).flatMap(value -> number(field, value));
    }

    private Optional<Quantity> number(String field, Value value) {
        if (value instanceof Value.Number number && number.formula().isPresent()) {
            return Optional.of(Births.quantity(number, place));
        }
        unknown(field, value);
        return Optional.empty();
    }

    /** A number, or a default. */
    public Quantity number(String field, String otherwise, String of) {
        return number(field).orElseGet(() -> Quantity.byDefault(otherwise, of));
    }

    /** A whole number. */
    public Optional<Long> whole(String field) {
        Optional<Value> value = get(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Value.Number number
                && number.formula().isPresent()
                && number.decimal().stripTrailingZeros().scale() <= 0
                && Math.abs(number.value()) < 1e15) {
            return Optional.of(number.decimal().longValue());
        }
        unknown(field, value.get());
        return Optional.empty();
    }

    /** A truth value, or a default. */
    public boolean isOn(String field, boolean otherwise) {
        Optional<Value> value = get(field);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Value.Bool bool) {
            return bool.value();
        }
        unknown(field, value.get());
        return otherwise;
    }

    /** A word; of a class or function of a library its name without the module. */
    public Optional<String> text(String field) {
        Optional<Value> value = get(field);
        Optional<String> word = value.flatMap(Entries::word);
        if (value.isPresent() && word.isEmpty()) {
            unknown(field, value.get());
        }
        return word;
    }

    /** A value as a word. */
    public static Optional<String> word(Value value) {
        if (value instanceof Value.Text text) {
            return Optional.of(text.value());
        }
        return value instanceof Value.Library library
                ? Optional.of(library.name().substring(library.name().lastIndexOf('.') + 1))
                : Optional.empty();
    }

    /** The entries of a dict in it. */
    public Optional<Entries> inner(String field) {
        Optional<Value> value = get(field);
        if (value.isPresent() && value.get() instanceof Mapping inner) {
            return Optional.of(new Entries(inner, name(field) + ".", place, findings));
        }
        value.ifPresent(v -> unknown(field, v));
        return Optional.empty();
    }

    /** The elements of a list in it. */
    public Optional<List<Value>> list(String field) {
        Optional<Value> value = get(field);
        if (value.isPresent() && value.get() instanceof Sequence list && list.isComplete()) {
            return Optional.of(list.elements());
        }
        value.ifPresent(v -> unknown(field, v));
        return Optional.empty();
    }

    /** The names of all fields that are written. */
    public List<String> fields() {
        return mapping.entries().stream()
                .map(Mapping.Entry::key)
                .filter(Value.Text.class::isInstance)
                .map(key -> ((Value.Text) key).value())
                .toList();
    }

    /** The fields that no reader asked for. */
    public List<String> unasked() {
        List<String> names = new ArrayList<>(fields());
        names.removeAll(asked);
        return names;
    }

    /** Says that a value is not known. */
    public void unknown(String field, Value value) {
        findings.add(Finding.at(
                Reasons.place(value).orElse(at(value, place)),
                Code.SS010,
                name(field) + " is not known: " + Reasons.of(value)));
    }
}
