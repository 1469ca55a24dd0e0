package samestep.dialect.darknet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.ledger.LedgerSettings;
import samestep.syntax.Decimals;
import samestep.syntax.ini.IniOption;
import samestep.syntax.ini.IniSection;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * The options of one section. Of a key that is given twice the first counts (option_list.c, option_find), and of a value as
 * much as C's {@code atof} and {@code atoi} take: what follows the number is ignored.
 */
final class CfgSection implements LedgerSettings.Source {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");
    private static final int MOST_NUMBERS = 2_000;

    private final SourceText source;
    private final IniSection section;
    private final Program program;
    private final String prefix;
    private final List<Finding> findings;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param prefix of the paths in the ledger: empty for [net], {@code convolutional.} for such a layer
     * @param findings what is wrong goes here
     */
    CfgSection(SourceText source, IniSection section, Program program, String prefix, List<Finding> findings) {
        this.source = source;
        this.section = section;
        this.program = program;
        this.prefix = prefix;
        this.findings = findings;
    }

    /** What was read. */
    IniSection section() {
        return section;
    }

    /** The line with the section's name. */
    Place place() {
        return new Place(source, section.nameSpan());
    }

    /** The path of a key in the ledger. */
    String path(String key) {
        return prefix + key;
    }

    /** Keys that no reader asked for. */
    List<String> unasked() {
        return section.options().stream()
                .map(IniOption::key)
                .distinct()
                .filter(key -> !asked.contains(key))
                .toList();
    }

    /** Options that are given again with another value, which does not count. */
    List<IniOption> again() {
        return section.options().stream()
                .filter(option ->
                        !section.first(option.key()).map(IniOption::value).equals(Optional.of(option.value())))
                .toList();
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    private Optional<IniOption> find(String key) {
        asked.add(key);
        return section.first(key);
    }

    /** Where a value is written; the section's name where it is not given. */
    Place place(String key) {
        return find(key).map(o -> new Place(source, o.valueSpan())).orElse(place());
    }

    /** A word, or the default. */
    String word(String key) {
        return find(key).map(IniOption::value).orElseGet(() -> fallback(key));
    }

    private String fallback(String key) {
        return row(key).map(LedgerRow::fallback).orElse("");
    }

    private Optional<LedgerRow> row(String key) {
        return program.ledger().row(path(key), "");
    }

    private Quantity byDefault(String key) {
        return Quantity.byDefault(fallback(key), program.title() + "'s default of " + key);
    }

    /** A number, or the default. */
    Quantity number(String key) {
        return find(key)
                .flatMap(o -> number(key, o.value(), o.valueSpan(), NUMBER, "a number"))
                .orElseGet(() -> byDefault(key));
    }

    /** A whole number, or the default. */
    Quantity whole(String key) {
        return find(key)
                .flatMap(o -> number(key, o.value(), o.valueSpan(), WHOLE, "a whole number"))
                .orElseGet(() -> byDefault(key));
    }

    /** A whole number, or the default. */
    long count(String key) {
        return whole(key).decimal().longValue();
    }

    /** Numbers between commas; none where the key is not given. */
    List<Quantity> numbers(String key, boolean whole) {
        List<Quantity> numbers = new ArrayList<>();
        Optional<IniOption> option = find(key);
        if (option.isEmpty()) {
            return numbers;
        }
        int start = option.get().valueSpan().start();
        String raw = source.slice(option.get().valueSpan());
        for (String part : raw.split(",", MOST_NUMBERS)) {
            int from = start + part.length() - part.stripLeading().length();
            Span span = new Span(from, from + part.strip().length());
            number(key, part.replaceAll("[ \t]", ""), span, whole ? WHOLE : NUMBER, "numbers between commas")
                    .ifPresent(numbers::add);
            start += part.length() + 1;
        }
        return numbers;
    }

    private Optional<Quantity> number(String key, String value, Span span, Pattern pattern, String expected) {
        Matcher matcher = pattern.matcher(value);
        Optional<BigDecimal> decimal = matcher.lookingAt() ? Decimals.parse(matcher.group()) : Optional.empty();
        if (decimal.isEmpty()) {
            findings.add(Finding.at(
                    new Place(source, span), Code.SS004, key + ": expected " + expected + "; Darknet takes 0"));
            return Optional.empty();
        }
        String rest = value.substring(matcher.end());
        if (!rest.isEmpty() && rest.charAt(0) != '#' && rest.charAt(0) != ';') {
            findings.add(Finding.at(
                    new Place(source, span),
                    Code.SS203,
                    key + ": Darknet reads " + matcher.group() + " and ignores what follows"));
        }
        boolean plain = source.text().startsWith(matcher.group(), span.start());
        Span number = plain ? new Span(span.start(), span.start() + matcher.end()) : span;
        return Optional.of(new Quantity(
                Expression.literal(decimal.get()), matcher.group(), new Origin.Written(new Place(source, number))));
    }

    /** A setting's field; of a row for layers of any kind only what is written. */
    @Override
    public Optional<LedgerSettings.Written> written(String path) {
        String key = key(path);
        Optional<IniOption> option = key.isEmpty() ? Optional.empty() : section.first(key);
        if (option.isPresent()
                && row(key).filter(row -> row.decides() == Decides.SETTING).isPresent()) {
            asked.add(key);
        }
        return option.map(o -> new LedgerSettings.Written(o.value(), new Place(source, o.valueSpan())));
    }

    /** The key of a path that is about this section; empty where it is about others. */
    String key(String path) {
        int dot = path.indexOf('.');
        String of = path.substring(0, dot + 1);
        boolean mine = of.equals(prefix) || of.equals("*.") && !prefix.isEmpty();
        return mine ? path.substring(dot + 1) : "";
    }
}
