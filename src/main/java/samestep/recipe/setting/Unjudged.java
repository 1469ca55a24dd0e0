package samestep.recipe.setting;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import samestep.syntax.Decimals;

/**
 * The fields of a file that change the training and that no comparison judges: the net, the data. Files of one form are
 * held against each other field by field, so that a difference is named. Files of two forms have no field in common, and
 * nothing is said of them. The fields are collected when they are first asked for.
 */
public final class Unjudged {
    /** A configuration that has none, or whose form has no ledger. */
    public static final Unjudged NONE = new Unjudged("", List::of);

    private final String form;
    private final Supplier<List<Field>> collected;
    private Optional<Map<String, Field>> fields = Optional.empty();

    private Unjudged(String form, Supplier<List<Field>> collected) {
        this.form = form;
        this.collected = collected;
    }

    /**
     * A field as it is written.
     *
     * @param path where in the file, in the file's own names
     * @param value what is written; numbers are compared as numbers
     * @param fallback what a file means that does not have the field; empty where that is not known
     */
    public record Field(String path, String value, String fallback) {}

    /**
     * A field that the two files do not mean alike.
     *
     * @param source what the first one says; empty where it does not have the field
     * @param target what the second one says; empty where it does not have the field
     */
    public record Difference(String path, String source, String target) {}

    /**
     * Those of a file.
     *
     * @param form the ledger's name: only files of one ledger are compared
     * @param collected makes the list; asked at most once
     */
    public static Unjudged of(String form, Supplier<List<Field>> collected) {
        return new Unjudged(form, collected);
    }

    /** The same of a form that is held against its like only. */
    public Unjudged in(String otherForm) {
        return form.isEmpty() ? this : new Unjudged(otherForm, collected);
    }

    /** The fields by their paths, in the file's order. */
    private synchronized Map<String, Field> fields() {
        if (fields.isEmpty()) {
            Map<String, Field> byPath = new LinkedHashMap<>();
            for (Field field : collected.get()) {
                // A path that is there again is an element of a list.
                String path = field.path();
                for (int n = 2; byPath.containsKey(path); n++) {
                    path = field.path() + " (" + n + ")";
                }
                byPath.put(path, new Field(path, field.value(), field.fallback()));
            }
            fields = Optional.of(byPath);
        }
        return fields.get();
    }

    /** What two files of one form do not mean alike, in their order; empty for files of two forms. */
    public List<Difference> differences(Unjudged target) {
        if (form.isEmpty() || !form.equals(target.form)) {
            return List.of();
        }
        Map<String, Field> here = fields();
        Map<String, Field> there = target.fields();
        Set<String> paths = new LinkedHashSet<>(here.keySet());
        paths.addAll(there.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            Optional<Field> one = Optional.ofNullable(here.get(path));
            Optional<Field> other = Optional.ofNullable(there.get(path));
            String fallback = one.or(() -> other).orElseThrow().fallback();
            if (!means(
                    one.map(Field::value).orElse(fallback),
                    other.map(Field::value).orElse(fallback))) {
                differences.add(new Difference(
                        path,
                        one.map(Field::value).orElse(""),
                        other.map(Field::value).orElse("")));
            }
        }
        return differences;
    }

    /** Whether two texts are the same word, or the same number. */
    private static boolean means(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        Optional<BigDecimal> number = Decimals.parse(one);
        return number.isPresent()
                && Decimals.parse(other)
                        .filter(n -> n.compareTo(number.get()) == 0)
                        .isPresent();
    }
}
