package samestep.dialect.pytorch.mmengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * How a file's own values replace those that it inherits. Source: mmengine/config/config.py of 0.10.7, {@code _merge_a_into_b} and
 * {@code _substitute_base_vars}; those of mmcv 1.7.2 are the same.
 */
final class ConfigMerge {
    /** Its dicts have their entries as attributes. */
    static final String TYPE = "mmengine.ConfigDict";

    static final String BASE = "_base_";
    private static final String DELETE = "_delete_";
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*_base_\\.([\\w.]+)\\s*\\}\\}");
    private static final int DEEPEST = 60;

    private final List<Finding> findings;

    ConfigMerge(List<Finding> findings) {
        this.findings = findings;
    }

    /** A copy, whose dicts have their entries as attributes. */
    static Value configDict(Value value) {
        return value instanceof Mapping || value instanceof Sequence ? copied(value, TYPE, 0) : value;
    }

    /** A copy, whose dicts are plain. */
    static Value plain(Value value) {
        return copied(value, Mapping.DICT, 0);
    }

    private static Value copied(Value value, String type, int depth) {
        if (depth > DEEPEST) {
            return new Value.Unknown("a value that nests too deep", Optional.empty());
        }
        if (value instanceof Mapping mapping) {
            Mapping copy = new Mapping(type, mapping.place());
            mapping.entries().forEach(e -> copy.put(e.key(), copied(e.value(), type, depth + 1)));
            mapping.rest().ifPresent(copy::open);
            return copy;
        }
        if (value instanceof Sequence sequence) {
            List<Value> elements = sequence.elements().stream()
                    .map(e -> copied(e, type, depth + 1))
                    .toList();
            return new Sequence(sequence.kind(), elements, sequence.rest(), sequence.place());
        }
        return value;
    }

    /**
     * The values of a file over those that it inherits.
     *
     * @param path what messages call the dict; empty for the whole file
     */
    Mapping merged(Mapping own, Mapping base, String path, Place place) {
        Mapping result = new Mapping(Mapping.DICT, own.place());
        base.entries().forEach(e -> result.put(e.key(), e.value()));
        base.rest().ifPresent(result::open);
        own.rest().ifPresent(result::open);
        for (Mapping.Entry entry : own.entries()) {
            if (isDelete(entry.key())) {
                continue;
            }
            Optional<Value> inherited = base.get(entry.key());
            String name = entry.key() instanceof Value.Text text ? path + text.value() : path + "?";
            result.put(entry.key(), value(entry.value(), inherited, name, place));
        }
        return result;
    }

    private Value value(Value own, Optional<Value> inherited, String name, Place place) {
        if (!(own instanceof Mapping mapping)) {
            return own;
        }
        Optional<Value> delete = mapping.get(DELETE);
        if (inherited.isEmpty() || delete.isPresent() && delete.get() instanceof Value.Bool bool && bool.value()) {
            return withoutDelete(mapping);
        }
        if (delete.isPresent() && !(delete.get() instanceof Value.Bool)) {
            return new Value.Unknown("whether " + name + " is deleted", mapping.place());
        }
        if (inherited.get() instanceof Mapping base) {
            return merged(mapping, base, name + ".", place);
        }
        if (inherited.get() instanceof Value.Unknown) {
            return inherited.get();
        }
        findings.add(Finding.at(
                mapping.place().orElse(place),
                Code.SS004,
                name + " is a dict here and none in the base: MMEngine refuses it without _delete_=True"));
        return mapping;
    }

    /** Where nothing is inherited, MMEngine leaves the word in the dict and ignores it. */
    private static Mapping withoutDelete(Mapping mapping) {
        Mapping copy = new Mapping(mapping.type(), mapping.place());
        mapping.entries().stream().filter(e -> !isDelete(e.key())).forEach(e -> copy.put(e.key(), e.value()));
        mapping.rest().ifPresent(copy::open);
        return copy;
    }

    private static boolean isDelete(Value key) {
        return key instanceof Value.Text text && text.value().equals(DELETE);
    }

    /**
     * Puts in the values of a base for {@code {{_base_.x}}}: to Python that is a set in a set, which no program has.
     */
    static Value substituted(Value value, Mapping base) {
        if (value instanceof Value.Text text) {
            Matcher matcher = VARIABLE.matcher(text.value());
            return matcher.matches() ? variable(matcher.group(1), base, value) : value;
        }
        if (value instanceof Sequence sequence) {
            Optional<Value> braces = inBraces(sequence);
            if (braces.isPresent()) {
                return plain(braces.get());
            }
            List<Value> elements = new ArrayList<>();
            sequence.elements().forEach(e -> elements.add(substituted(e, base)));
            return new Sequence(sequence.kind(), elements, sequence.rest(), sequence.place());
        }
        if (value instanceof Mapping mapping) {
            Mapping copy = new Mapping(mapping.type(), mapping.place());
            mapping.entries().forEach(e -> copy.put(e.key(), substituted(e.value(), base)));
            mapping.rest().ifPresent(copy::open);
            return copy;
        }
        return value;
    }

    private static Value variable(String path, Mapping base, Value written) {
        Value at = base;
        for (String name : path.split("\\.")) {
            Optional<Value> next = at instanceof Mapping mapping ? mapping.get(name) : Optional.empty();
            if (next.isEmpty()) {
                return new Value.Unknown(
                        "no base has " + path,
                        written.born().literals().stream().findFirst());
            }
            at = next.get();
        }
        return plain(at);
    }

    private static Optional<Value> inBraces(Sequence outer) {
        return one(outer).filter(Sequence.class::isInstance).flatMap(inner -> one((Sequence) inner));
    }

    private static Optional<Value> one(Sequence set) {
        return set.kind() == Sequence.Kind.SET && set.elements().size() == 1
                ? Optional.of(set.elements().get(0))
                : Optional.empty();
    }
}
