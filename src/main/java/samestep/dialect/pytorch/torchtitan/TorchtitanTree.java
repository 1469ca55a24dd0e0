package samestep.dialect.pytorch.torchtitan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Births;
import samestep.dialect.Entries;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlScalar.Kind;
import samestep.syntax.yaml.YamlScalar.Style;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;
import samestep.text.Span;

/** From the objects of a configuration to the tables and fields that the TOML has, each value at the place of its literal. */
final class TorchtitanTree {
    /** Sections that decide an update: each has to be of torchtitan's own class. */
    private static final Set<String> DECIDING = Set.of("optimizer", "lr_scheduler", "training");

    /** What is only named needs no number. */
    private static final Set<Decides> NAMED = Set.of(Decides.NOTHING, Decides.OUTSIDE, Decides.NOT_READ);

    private static final String GROUPS = "param_groups";
    private static final int DEEPEST = 12;

    private final SourceText source;
    private final Ledger ledger;
    private final List<Finding> findings;
    private final Map<YamlValue, Quantity> computed = new HashMap<>();
    private boolean isOwnGroup;

    TorchtitanTree(SourceText source, Ledger ledger, List<Finding> findings) {
        this.source = source;
        this.ledger = ledger;
        this.findings = findings;
    }

    /** Whether the optimizer's arguments are those of PyTorch's class, whose defaults hold. */
    boolean isOwnGroup() {
        return isOwnGroup;
    }

    /** The tables of a {@code Trainer.Config}. */
    Fields.Layer of(Instance trainer) {
        Place place = within(trainer.place()).orElse(Place.start(source));
        List<YamlEntry> entries = new ArrayList<>();
        if (isOpen(trainer, "the configuration", place)) {
            return new Fields.Layer(source, YamlMapping.EMPTY, computed);
        }
        trainer.attributes().forEach((name, value) -> {
            Place at = within(Optional.of(Entries.at(value, place))).orElse(place);
            section(name, value, at).ifPresent(tree -> entries.add(entry(name, tree, at)));
        });
        return new Fields.Layer(source, new YamlMapping(entries, true, "", place.span()), computed);
    }

    /** Where a field is set by a name that is not known, any constant may be another: so may the one that each of the classes has. */
    private boolean isOpen(Instance instance, String name, Place place) {
        boolean isOpen = instance.attributes().containsKey(TorchtitanNames.SECTION);
        if (isOpen) {
            findings.add(Finding.at(place, Code.SS010, name + " is given fields whose names are not known"));
        }
        return isOpen;
    }

    private Optional<Place> within(Optional<Place> place) {
        return place.filter(p -> p.source().equals(source));
    }

    private Optional<YamlValue> section(String name, Value value, Place place) {
        if (!DECIDING.contains(name)) {
            return tree(name, value, place, 0);
        }
        boolean isOwn = TorchtitanNames.section(value).filter(name::equals).isPresent();
        if (!isOwn) {
            findings.add(Finding.at(
                    place,
                    Code.SS010,
                    name + " is not of torchtitan's own class, and cannot be read: " + Reasons.of(value)));
            return Optional.empty();
        }
        Instance instance = (Instance) value;
        Place at = within(instance.place()).orElse(place);
        if (isOpen(instance, name, at)) {
            return Optional.empty();
        }
        Map<String, Value> attributes = new LinkedHashMap<>(instance.attributes());
        Optional<Value> groups = Optional.ofNullable(attributes.remove(GROUPS)).filter(TorchtitanTree::isSome);
        attributes.forEach((field, given) -> known(name, field, given, at));
        YamlMapping fields = fields(name, attributes, at, 0);
        return Optional.of(groups.map(all -> withGroups(fields, all, at)).orElse(fields));
    }

    /** A dataclass has no other fields: Python refuses them, and an update may depend on those of another version. */
    private void known(String section, String field, Value value, Place place) {
        if (ledger.row(section + "." + field, "").isEmpty()) {
            findings.add(Finding.at(
                    within(Optional.of(Entries.at(value, place))).orElse(place),
                    Code.SS010,
                    section + "." + field + " is not a field that is known here"));
        }
    }

    private static boolean isSome(Value groups) {
        return !(groups instanceof Sequence none
                && none.rest().isEmpty()
                && none.elements().isEmpty());
    }

    /** Since June 2026 an optimizer is groups of parameters; one that has all of them is read. */
    private YamlMapping withGroups(YamlMapping fields, Value groups, Place place) {
        List<YamlEntry> entries = new ArrayList<>(fields.entries());
        Optional<Instance> only = groups instanceof Sequence list
                        && list.rest().isEmpty()
                        && list.elements().size() == 1
                ? Optional.of(list.elements().get(0))
                        .filter(value -> TorchtitanNames.section(value).isPresent())
                        .map(Instance.class::cast)
                        .filter(TorchtitanTree::hasAll)
                : Optional.empty();
        Optional<Mapping> arguments = only.flatMap(group -> group.get("optimizer_kwargs"))
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .filter(mapping -> mapping.rest().isEmpty());
        if (arguments.isEmpty() || only.get().get("optimizer_name").isEmpty()) {
            findings.add(
                    Finding.at(
                            place,
                            Code.SS010,
                            "optimizer.param_groups sorts the parameters by patterns; only one group of all parameters can be read yet"));
            return new YamlMapping(entries, true, "", fields.span());
        }
        isOwnGroup = only.get().get("is_default").isEmpty();
        Value name = only.get().get("optimizer_name").orElseThrow();
        tree("optimizer.name", name, place, 0).ifPresent(tree -> entries.add(entry("name", tree, place)));
        arguments(arguments.get(), place, entries);
        return new YamlMapping(entries, true, "", fields.span());
    }

    private static boolean hasAll(Instance group) {
        return group.get("pattern").orElse(null) instanceof Value.Text text
                && Set.of(".*", "", ".").contains(text.value());
    }

    private void arguments(Mapping arguments, Place place, List<YamlEntry> entries) {
        for (Mapping.Entry argument : arguments.entries()) {
            String name = Show.value(argument.key()).replaceAll("[\"']", "");
            if (Set.of("fused", "foreach").contains(name)) {
                // How the same numbers are computed, as the implementation of the whole.
                continue;
            }
            if (name.equals("betas")
                    && argument.value() instanceof Sequence two
                    && two.elements().size() == 2) {
                for (int i = 0; i < 2; i++) {
                    String beta = "beta" + (i + 1);
                    tree("optimizer." + beta, two.elements().get(i), place, 0)
                            .ifPresent(tree -> entries.add(entry(beta, tree, place)));
                }
            } else {
                known("optimizer", name, argument.value(), place);
                tree("optimizer." + name, argument.value(), place, 0)
                        .ifPresent(tree -> entries.add(entry(name, tree, place)));
            }
        }
    }

    private YamlMapping fields(String path, Map<String, Value> values, Place place, int depth) {
        List<YamlEntry> entries = new ArrayList<>();
        values.forEach((name, value) -> tree(path + "." + name, value, place, depth + 1)
                .ifPresent(tree -> entries.add(entry(name, tree, place))));
        return new YamlMapping(entries, true, "", place.span());
    }

    private Optional<YamlValue> tree(String path, Value value, Place otherwise, int depth) {
        Place place = within(Optional.of(Entries.at(value, otherwise))).orElse(otherwise);
        Span span = place.span();
        if (value instanceof Value.Number number && number.formula().isPresent()) {
            YamlScalar scalar = new YamlScalar(number.decimal().toString(), Kind.STRING, Style.PLAIN, "", span);
            computed.put(scalar, Births.quantity(number, place));
            return Optional.of(scalar);
        }
        if (value instanceof Value.Text text) {
            return Optional.of(new YamlScalar(text.value(), Kind.STRING, Style.QUOTED, "", span));
        }
        if (value instanceof Value.Bool bool) {
            return Optional.of(new YamlScalar("" + bool.value(), Kind.BOOLEAN, Style.PLAIN, "", span));
        }
        if (value instanceof Value.None) {
            return Optional.of(new YamlScalar("null", Kind.NULL, Style.PLAIN, "", span));
        }
        boolean mayNest = depth < DEEPEST && !DECIDING.contains(path.split("\\.")[0]);
        Optional<Map<String, Value>> inner = mayNest ? named(value) : Optional.empty();
        if (inner.isPresent()) {
            return inner.filter(fields -> !fields.isEmpty()).map(fields -> fields(path, fields, place, depth));
        }
        return other(path, value, place);
    }

    /** The fields of an object: one of torchtitan's own, or what another class of a library is given. */
    private static Optional<Map<String, Value>> named(Value value) {
        if (value instanceof Instance instance && TorchtitanNames.section(value).isPresent()) {
            return Optional.of(instance.attributes());
        }
        if (value instanceof Value.Made made
                && !made.call().isOpen()
                && made.call().positional().isEmpty()) {
            Map<String, Value> fields = new LinkedHashMap<>();
            for (Map.Entry<String, RecordedCall.Argument> argument :
                    made.call().keywords().entrySet()) {
                fields.put(argument.getKey(), argument.getValue().value());
            }
            return Optional.of(fields);
        }
        return Optional.empty();
    }

    /** Another value than a constant: only where it decides no update, or is named and not read. */
    private Optional<YamlValue> other(String path, Value value, Place place) {
        if (value instanceof Sequence none
                && none.rest().isEmpty()
                && none.elements().isEmpty()) {
            return Optional.empty();
        }
        boolean isNamed = ledger.rowWithin(path, "")
                .filter(row -> NAMED.contains(row.decides()))
                .isPresent();
        if (isNamed) {
            return Optional.of(new YamlScalar(Show.value(value), Kind.STRING, Style.QUOTED, "", place.span()));
        }
        findings.add(Finding.at(
                Reasons.place(value).orElse(place), Code.SS010, path + " is not known: " + Reasons.of(value)));
        return Optional.empty();
    }

    private static YamlEntry entry(String name, YamlValue value, Place place) {
        return new YamlEntry(
                new YamlScalar(
                        name,
                        Kind.STRING,
                        Style.PLAIN,
                        "",
                        new Span(place.span().start(), place.span().start())),
                value);
    }
}
