package samestep.dialect.pytorch.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.YamlLeaves;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRemainder;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.ledger.LedgerSettings;
import samestep.recipe.setting.Unjudged;
import samestep.recipe.version.Installed;
import samestep.syntax.Decimals;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;
import samestep.text.Span;

/** The fields that no reader asked for; where others of a section were asked for, those beside them. */
public final class Fields implements LedgerSettings.Source, LedgerRemainder.Fields {
    /**
     * One file.
     *
     * @param source its text
     * @param root what it says
     * @param computed the numbers of a program, with how each came to be, by the scalars that stand for them
     */
    public record Layer(SourceText source, YamlMapping root, Map<YamlValue, Quantity> computed) {
        /** Copies the numbers. */
        public Layer {
            computed = Map.copyOf(computed);
        }

        /** A file of plain values. */
        public Layer(SourceText source, YamlMapping root) {
            this(source, root, Map.of());
        }
    }

    private static final int LONGEST_SHOWN = 40;
    /** Of a value that is compared as it is written, so much. */
    private static final int LONGEST_COMPARED = 400;

    private static final Set<String> OFF = Set.of("", "false", "no", "off", "none", "null", "0", "0.0");

    private final List<Layer> layers;
    private final FormDefaults defaults;
    private final List<Finding> findings;
    private final Map<String, String> names;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param layers the file, and then its bases
     * @param defaults of the library
     * @param findings what is wrong goes here
     */
    public Fields(List<Layer> layers, FormDefaults defaults, List<Finding> findings) {
        this(layers, defaults, findings, Map.of());
    }

    /**
     * @param names what the file calls the fields that a reader asks for by another library's names
     */
    public Fields(List<Layer> layers, FormDefaults defaults, List<Finding> findings, Map<String, String> names) {
        this.layers = List.copyOf(layers);
        this.defaults = defaults;
        this.findings = findings;
        this.names = Map.copyOf(names);
    }

    /** What the file calls a field. */
    public String name(String path) {
        return names.getOrDefault(path, path);
    }

    /** Whether any of the files has a field, and not null. */
    public boolean has(String path) {
        return find(path).isPresent();
    }

    /** Where a field is written. */
    public Optional<Place> place(String path) {
        return find(path).map(Found::place);
    }

    private record Found(SourceText source, YamlValue value, Optional<Quantity> computed) {
        Optional<Quantity> number() {
            return computed.or(() -> new YamlValues(source).number(value));
        }

        Place place() {
            return new Place(source, value.span());
        }
    }

    private Optional<Found> find(String path) {
        asked.add(name(path));
        return look(name(path));
    }

    private Optional<Found> look(String path) {
        for (Layer layer : layers) {
            YamlValue at = layer.root();
            for (String name : path.split("\\.")) {
                Optional<YamlValue> next = at instanceof YamlMapping mapping ? mapping.get(name) : Optional.empty();
                if (next.isEmpty()) {
                    at = YamlMapping.EMPTY;
                    break;
                }
                at = next.get();
            }
            if (at != YamlMapping.EMPTY) {
                return at.isNull() ? Optional.empty() : Optional.of(found(layer, at));
            }
        }
        return Optional.empty();
    }

    private static Found found(Layer layer, YamlValue value) {
        return new Found(
                layer.source(), value, Optional.ofNullable(layer.computed().get(value)));
    }

    /** A number that a file says. */
    public Optional<Quantity> given(String path) {
        Optional<Found> found = find(path);
        Optional<Quantity> number = found.flatMap(Found::number);
        if (found.isPresent() && number.isEmpty()) {
            wrong(found.get(), path, "a number");
        }
        return number;
    }

    /** A number: as a file says, or the library's default. */
    public Quantity number(String path) {
        return given(path).orElseGet(() -> defaults.number(name(path)));
    }

    /** A number of steps, from the file or from the library's default; 0 where the value is not a number of steps. */
    public BigDecimal count(String path) {
        return number(path).decimal();
    }

    /** Yes or no. */
    public boolean isOn(String path) {
        Optional<Found> found = find(path);
        if (found.isEmpty()) {
            return defaults.text(name(path)).equals("true");
        }
        if (found.get().value() instanceof YamlScalar scalar && scalar.kind() == YamlScalar.Kind.BOOLEAN) {
            return scalar.isTrue();
        }
        wrong(found.get(), path, "true or false");
        return false;
    }

    /** A word: as a file says, or the library's default. */
    public String text(String path) {
        return find(path)
                .filter(f -> f.value() instanceof YamlScalar)
                .map(f -> ((YamlScalar) f.value()).text())
                .orElseGet(() -> defaults.text(name(path)));
    }

    /** Numbers: a list, or, as in yacs, a text that Python reads as a tuple; one number is a list of one. */
    public List<Quantity> numbers(String path) {
        Optional<Found> found = find(path);
        if (found.isEmpty()) {
            return defaults.numbers(name(path));
        }
        YamlValue value = found.get().value();
        List<Quantity> numbers = new ArrayList<>();
        YamlValues values = new YamlValues(found.get().source());
        if (value instanceof YamlSequence sequence) {
            sequence.values().forEach(v -> values.number(v).ifPresent(numbers::add));
            if (numbers.size() != sequence.elements().size()) {
                wrong(found.get(), path, "numbers");
            }
            return numbers;
        }
        Optional<Quantity> one = values.number(value);
        if (one.isPresent()) {
            return List.of(one.get());
        }
        return tuple(found.get(), path);
    }

    /** {@code (60000, 80000)}. */
    private List<Quantity> tuple(Found found, String path) {
        String text = found.source().slice(found.value().span());
        List<Quantity> numbers = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && ",()[] \n\r\t'\"".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (end > at) {
                String word = text.substring(at, end);
                int start = found.value().span().start() + at;
                Place place = new Place(found.source(), new Span(start, start + word.length()));
                Optional<BigDecimal> decimal = Decimals.parse(word);
                if (decimal.isEmpty()) {
                    wrong(found, path, "numbers");
                    return numbers;
                }
                numbers.add(new Quantity(Expression.literal(decimal.get()), word, new Origin.Written(place)));
            }
            at = end + 1;
        }
        return numbers;
    }

    /** The entries of a mapping, as arguments; none where there is no mapping. */
    public Map<String, PytorchValue> mapping(String path) {
        return find(path)
                .filter(f -> f.value() instanceof YamlMapping)
                .map(f -> new YamlValues(f.source()).arguments((YamlMapping) f.value()))
                .orElse(Map.of());
    }

    /** The ledger of the form. */
    Ledger ledger() {
        return defaults.ledger();
    }

    /** The version of the library, where it is known. */
    public Optional<Installed> version() {
        return defaults.version();
    }

    /** The rows that a reader asked for, that no file gives, and whose default versions have changed. */
    List<LedgerRow> dated() {
        return ledger().rows().stream()
                .filter(row -> row.dated().isPresent())
                .filter(row -> row.fields().stream().allMatch(f -> asked.contains(f) && look(f).isEmpty()))
                .toList();
    }

    /** A number where no file says it. */
    Quantity fallback(String path) {
        return defaults.number(path);
    }

    @Override
    public Optional<LedgerSettings.Written> written(String path) {
        // A field that only switches a setting on may change the update itself: that is reported elsewhere.
        if (ledger().row(path, "")
                .filter(row -> row.decides() == Decides.SETTING)
                .isPresent()) {
            known.add(path);
        }
        return look(path).map(found -> new LedgerSettings.Written(compared(found), found.place()));
    }

    private static String compared(Found found) {
        String text = YamlLeaves.text(found.source(), found.value());
        return found.value() instanceof YamlScalar || text.length() <= LONGEST_COMPARED
                ? text
                : text.substring(0, LONGEST_COMPARED);
    }

    /** Whether a reader asked for a field within a section. */
    @Override
    public boolean isRead(String section) {
        return asked.stream().anyMatch(path -> path.startsWith(section + "."));
    }

    private void wrong(Found found, String path, String expected) {
        String text = found.source().slice(found.value().span());
        boolean elsewhere = text.contains("${");
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        Finding finding = elsewhere
                ? Finding.at(
                        found.place(),
                        Code.SS010,
                        name(path) + " is taken from elsewhere, which is not followed: " + shown)
                : Finding.at(found.place(), Code.SS004, name(path) + ": expected " + expected + ", found " + shown);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    /** The value at a path of the file itself, without asking for it. */
    private Optional<YamlValue> seen(String path) {
        YamlValue at = layers.get(0).root();
        for (String name : path.split("\\.")) {
            Optional<YamlValue> next = at instanceof YamlMapping mapping ? mapping.get(name) : Optional.empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** Where a field of the file is written; this does not count as asking for it. */
    @Override
    public Optional<Place> where(String path) {
        return seen(name(path)).map(value -> new Place(layers.get(0).source(), value.span()));
    }

    /** What is written there, as far as it is short; it is not asked for. */
    @Override
    public String shown(String path) {
        String text = seen(path)
                .map(value -> value instanceof YamlScalar scalar
                        ? scalar.text()
                        : layers.get(0).source().slice(value.span()))
                .orElse("");
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }

    /** What is written there, as it is compared; it is not asked for. */
    @Override
    public String whole(String path) {
        return seen(path).map(value -> compared(found(layers.get(0), value))).orElse("");
    }

    /** The fields of the net and the data, by the ledger, as the file or its bases write them; they are not asked for. */
    List<Unjudged.Field> outside() {
        Map<String, Unjudged.Field> found = new LinkedHashMap<>();
        for (Layer layer : layers) {
            for (YamlLeaves.Leaf leaf : YamlLeaves.of(layer.source(), layer.root())) {
                ledger().rowWithin(leaf.path(), leaf.text())
                        .filter(row -> row.decides() == Decides.OUTSIDE)
                        .ifPresent(row -> found.putIfAbsent(
                                leaf.path(),
                                new Unjudged.Field(leaf.path(), leaf.text(), ledger().fallback(leaf.path()))));
            }
        }
        return List.copyOf(found.values());
    }

    /** Whether a field says that something is not wanted: false, null, 0, or nothing. */
    @Override
    public boolean isOff(String path) {
        return seen(path)
                .filter(value -> value instanceof YamlScalar && !value.isNull())
                .map(value -> OFF.contains(((YamlScalar) value).text().toLowerCase(Locale.ROOT)))
                .orElseGet(() -> !(seen(path).orElse(YamlMapping.EMPTY) instanceof YamlSequence sequence)
                        ? seen(path).filter(YamlMapping.class::isInstance).isEmpty()
                        : sequence.values().isEmpty());
    }

    /** Whether {@code path=VALUE} is so; VALUE may have {@code *}. */
    @Override
    public boolean says(String mark) {
        String[] parts = mark.split("=", 2);
        return seen(parts[0]).isPresent() && LedgerRow.matches(parts[1], whole(parts[0]));
    }

    /** The fields that are left to a program, {@code "auto"}. */
    public List<String> autos() {
        List<String> autos = new ArrayList<>();
        autos(layers.get(0).root(), "", autos);
        return autos;
    }

    private static void autos(YamlMapping mapping, String prefix, List<String> autos) {
        for (YamlEntry entry : mapping.visible()) {
            if (entry.value().resolved() instanceof YamlMapping section) {
                autos(section, prefix + entry.name() + ".", autos);
            } else if (entry.value() instanceof YamlScalar scalar
                    && scalar.text().equals("auto")) {
                autos.add(prefix + entry.name());
            }
        }
    }

    /**
     * The fields of the file that no reader asked for; in a section with fields that were asked for, those beside them.
     */
    @Override
    public List<String> unasked() {
        List<String> unasked = new ArrayList<>();
        unasked(layers.get(0).root(), "", unasked);
        return unasked;
    }

    private void unasked(YamlMapping mapping, String prefix, List<String> unasked) {
        for (YamlEntry entry : mapping.visible()) {
            String path = prefix + entry.name();
            boolean within = isRead(path)
                    || ledger().hasSection(path)
                    || known.stream().anyMatch(name -> name.startsWith(path + "."));
            if (within && entry.value().resolved() instanceof YamlMapping section) {
                unasked(section, path + ".", unasked);
            } else if (!within && !asked.contains(path) && !known.contains(path)) {
                unasked.add(path);
            }
        }
    }
}
