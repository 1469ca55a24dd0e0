package samestep.dialect.pytorch.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Nothing;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/**
 * From YAML, or JSON seen as YAML, to the values of a configuration. A plain {@code 1e-4} is a number, as it is for
 * jsonargparse, OmegaConf, yacs and argparse, which read these files.
 */
public final class YamlValues {
    /** What names a class: Lightning, Hydra, torchtune. */
    static final List<String> CLASS = List.of("class_path", "_target_", "_component_");

    private static final String INIT_ARGS = "init_args";

    private final SourceText source;
    private final Optional<YamlMapping> root;

    public YamlValues(SourceText source) {
        this(source, Optional.empty());
    }

    /** Values that may be taken from elsewhere in a document, {@code ${model.lr}}, as OmegaConf does. */
    public YamlValues(SourceText source, Optional<YamlMapping> root) {
        this.source = source;
        this.root = root;
    }

    /** The value that an interpolation points to; the value itself if it is not one, or points elsewhere. */
    private YamlValue interpolated(YamlValue value) {
        boolean elsewhere = root.isPresent()
                && value instanceof YamlScalar scalar
                && scalar.text().startsWith("${")
                && scalar.text().endsWith("}");
        if (!elsewhere) {
            return value;
        }
        String text = ((YamlScalar) value).text();
        YamlValue at = root.get();
        for (String name : text.substring(2, text.length() - 1).split("\\.")) {
            Optional<YamlValue> next = at instanceof YamlMapping mapping ? mapping.get(name) : Optional.empty();
            if (next.isEmpty()) {
                return value;
            }
            at = next.get();
        }
        return at instanceof YamlScalar ? at : value;
    }

    Place place(YamlValue value) {
        return new Place(source, value.span());
    }

    /** The number that a scalar is; empty where it is not a number. */
    Optional<Quantity> number(YamlValue value) {
        boolean plain = value.resolved() instanceof YamlScalar s && s.style() == YamlScalar.Style.PLAIN;
        return plain
                ? ((YamlScalar) value.resolved())
                        .castDecimal()
                        .map(d -> new Quantity(
                                Expression.literal(d),
                                ((YamlScalar) value.resolved()).text(),
                                new Origin.Written(place(value.resolved()))))
                : Optional.empty();
    }

    /** The value; a mapping with a class is a {@link Call}. */
    PytorchValue value(YamlValue given) {
        YamlValue value = interpolated(given.resolved());
        Optional<Place> place = Optional.of(place(value));
        if (value instanceof YamlSequence sequence) {
            return new Many(sequence.values().stream().map(this::value).toList(), place);
        }
        if (value instanceof YamlMapping mapping) {
            return object(mapping)
                    .<PytorchValue>map(Call::new)
                    .orElseGet(() -> new Text(source.slice(value.span()), place));
        }
        YamlScalar scalar = (YamlScalar) value;
        if (scalar.kind() == YamlScalar.Kind.BOOLEAN) {
            return new Flag(scalar.isTrue(), place);
        }
        if (scalar.kind() == YamlScalar.Kind.NULL) {
            return new Nothing(place);
        }
        return number(scalar).<PytorchValue>map(Num::new).orElseGet(() -> new Text(scalar.text(), place));
    }

    /** The object that a mapping describes; empty where it names no class. */
    public Optional<PytorchObject> object(YamlMapping mapping) {
        for (String name : CLASS) {
            Optional<String> path = text(mapping, name);
            if (path.isPresent()) {
                boolean apart = name.equals("class_path");
                Map<String, PytorchValue> arguments = apart ? initArguments(mapping, name) : arguments(mapping);
                return Optional.of(new PytorchObject(path.get(), arguments, Optional.of(place(mapping))));
            }
        }
        return Optional.empty();
    }

    /** What is beside a class and its init_args is not an argument: jsonargparse refuses it or passes it on. */
    private Map<String, PytorchValue> initArguments(YamlMapping mapping, String key) {
        Map<String, PytorchValue> arguments = new LinkedHashMap<>(mapping.get(INIT_ARGS)
                .filter(YamlMapping.class::isInstance)
                .map(v -> arguments((YamlMapping) v))
                .orElse(Map.of()));
        for (YamlEntry entry : mapping.visible()) {
            if (!entry.name().equals(key) && !entry.name().equals(INIT_ARGS)) {
                arguments.put(entry.name() + " (beside " + INIT_ARGS + ")", value(entry.value()));
            }
        }
        return arguments;
    }

    /** The text of an entry. */
    public static Optional<String> text(YamlMapping mapping, String name) {
        return mapping.get(name)
                .filter(v -> v instanceof YamlScalar s && s.kind() == YamlScalar.Kind.STRING)
                .map(v -> ((YamlScalar) v).text());
    }

    /** The entries, as arguments; those that begin with an underscore are for Hydra and torchtune themselves. */
    Map<String, PytorchValue> arguments(YamlMapping mapping) {
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        for (YamlEntry entry : mapping.visible()) {
            if (!entry.name().startsWith("_")) {
                arguments.put(entry.name(), value(entry.value()));
            }
        }
        return arguments;
    }
}
