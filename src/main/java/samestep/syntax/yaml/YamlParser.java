package samestep.syntax.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.syntax.Quoting;
import samestep.syntax.SyntaxError;
import samestep.syntax.SyntaxFindings;
import samestep.text.SourceText;
import samestep.text.Span;

/** One run of the parser: values from SnakeYAML's events. Recursion is as deep as {@link Yaml#MAX_DEPTH}. */
final class YamlParser {
    private final SourceText source;
    private final int maxValues;
    private final Offsets offsets;
    private final SyntaxFindings repeated;
    private final Map<String, Optional<Built>> anchors = new HashMap<>();
    private final ParserImpl events;
    private long values;
    private int depth;

    /**
     * A value that is complete.
     *
     * @param values how many it stands for, aliases counted out
     * @param depth how deep it nests, aliases counted out
     */
    private record Built(YamlValue value, long values, int depth) {}

    YamlParser(SourceText source, int maxValues) {
        this.source = source;
        this.maxValues = maxValues;
        this.offsets = new Offsets(source.text());
        this.repeated = new SyntaxFindings(source);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        this.events = new ParserImpl(new StreamReader(offsets.withoutMark()), options);
    }

    Outcome<List<YamlValue>> documents() {
        try {
            List<YamlValue> documents = new ArrayList<>();
            while (!events.checkEvent(Event.ID.StreamEnd)) {
                if (events.getEvent().is(Event.ID.DocumentStart)) {
                    anchors.clear();
                    documents.add(value().value());
                }
            }
            return Outcome.of(documents, repeated.toList());
        } catch (SyntaxError error) {
            return failed(error);
        } catch (ReaderException e) {
            int at = offsets.of(e.getPosition());
            return failed(YamlProblems.unprintable(source.text(), at));
        } catch (MarkedYAMLException e) {
            int at = e.getProblemMark() == null ? 0 : offsets.of(e.getProblemMark());
            return failed(YamlProblems.of(source.text(), at, String.valueOf(e.getProblem())));
        } catch (YAMLException | IllegalArgumentException e) {
            return failed(new SyntaxError(here(0), "not YAML: " + e.getMessage(), ""));
        }
    }

    private Outcome<List<YamlValue>> failed(SyntaxError error) {
        List<Finding> findings = new ArrayList<>(repeated.toList());
        findings.add(error.finding(source));
        return Outcome.failed(findings);
    }

    private Built value() {
        Event event = events.getEvent();
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        Optional<String> anchor =
                event instanceof NodeEvent node ? Optional.ofNullable(node.getAnchor()) : Optional.empty();
        anchor.ifPresent(name -> declare(name, event));
        Built built = event instanceof ScalarEvent scalar
                ? scalar(scalar)
                : event instanceof SequenceStartEvent sequence
                        ? sequence(sequence)
                        : mapping((MappingStartEvent) event);
        anchor.ifPresent(name -> anchors.put(name, Optional.of(built)));
        return built;
    }

    private void declare(String anchor, Event event) {
        if (anchors.put(anchor, Optional.empty()) != null) {
            throw error(event, "the anchor " + Quoting.quote(anchor) + " is given twice", "give each its own name");
        }
    }

    private Built alias(AliasEvent event) {
        String name = event.getAnchor();
        Optional<Built> target = anchors.get(name);
        if (target == null) {
            throw error(
                    event,
                    "there is no anchor " + Quoting.quote(name) + " before this",
                    "put quotes around a text that starts with *");
        }
        if (target.isEmpty()) {
            throw error(event, Quoting.quote(name) + " would contain itself", "");
        }
        Built built = target.get();
        count(event, 1 + built.values());
        if (depth + built.depth() > Yaml.MAX_DEPTH) {
            throw error(event, tooDeep(), "");
        }
        Span span = new Span(offsets.of(event.getStartMark()), offsets.of(event.getEndMark()));
        return new Built(new YamlAlias(name, built.value().resolved(), span), 1 + built.values(), built.depth());
    }

    private Built scalar(ScalarEvent event) {
        count(event, 1);
        YamlScalar.Style style = style(event);
        String tag = tag(event.getTag());
        boolean implicit = event.getImplicit().canOmitTagInPlainScalar();
        YamlScalar.Kind kind =
                implicit ? YamlKinds.of(event.getValue()) : YamlKinds.ofTag(tag).orElse(YamlScalar.Kind.STRING);
        Span span = offsets.content(event.getStartMark(), event.getEndMark());
        return new Built(new YamlScalar(event.getValue(), kind, style, tag, span), 1, 0);
    }

    private static YamlScalar.Style style(ScalarEvent event) {
        return switch (event.getScalarStyle()) {
            case PLAIN -> YamlScalar.Style.PLAIN;
            case LITERAL, FOLDED -> YamlScalar.Style.BLOCK;
            default -> YamlScalar.Style.QUOTED;
        };
    }

    private static String tag(@Nullable String tag) {
        String prefix = "tag:yaml.org,2002:";
        return tag == null ? "" : tag.startsWith(prefix) ? "!!" + tag.substring(prefix.length()) : tag;
    }

    private Built sequence(SequenceStartEvent start) {
        open(start);
        int first = offsets.of(events.peekEvent().getStartMark());
        List<YamlValue> elements = new ArrayList<>();
        long all = 1;
        int deepest = 0;
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            Built element = value();
            elements.add(element.value());
            all += element.values();
            deepest = Math.max(deepest, element.depth());
        }
        Event end = events.getEvent();
        depth--;
        Span last =
                elements.isEmpty() ? here(0) : elements.get(elements.size() - 1).span();
        Span span = span(start, first, end, last);
        return new Built(new YamlSequence(elements, start.isFlow(), tag(start.getTag()), span), all, deepest + 1);
    }

    private Built mapping(MappingStartEvent start) {
        open(start);
        int first = offsets.of(events.peekEvent().getStartMark());
        List<YamlEntry> entries = new ArrayList<>();
        Set<Object> names = new HashSet<>();
        long all = 1;
        int deepest = 0;
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            YamlScalar key = key();
            Built value = value();
            YamlEntry entry = new YamlEntry(key, value.value());
            check(entry, names);
            entries.add(entry);
            all += 1 + value.values();
            deepest = Math.max(deepest, value.depth());
        }
        Event end = events.getEvent();
        depth--;
        Span last =
                entries.isEmpty() ? here(0) : entries.get(entries.size() - 1).span();
        Span span = span(start, first, end, last);
        return new Built(new YamlMapping(entries, start.isFlow(), tag(start.getTag()), span), all, deepest + 1);
    }

    private YamlScalar key() {
        YamlValue key = value().value();
        if (!(key.resolved() instanceof YamlScalar scalar)) {
            Span span = key.span();
            boolean template = source.slice(span).startsWith("{");
            String remedy = template ? "a template? fill in its placeholders first" : "";
            throw new SyntaxError(new Span(span.start(), span.start() + 1), "expected a word as a key", remedy);
        }
        return new YamlScalar(scalar.text(), scalar.kind(), scalar.style(), scalar.tag(), key.span());
    }

    private void check(YamlEntry entry, Set<Object> names) {
        YamlScalar key = entry.key();
        if (entry.isMerge()) {
            if (!isMergeable(entry.value().resolved())) {
                String message = "expected a mapping, or a list of mappings, to merge";
                throw new SyntaxError(entry.value().span(), message, "put quotes around << if it is a name");
            }
        } else if (!names.add(List.of(key.kind(), key.text()))) {
            String message = Quoting.quote(key.text()) + " is given again in the same mapping; PyYAML takes the last";
            repeated.add(Finding.at(new Place(source, key.span()), Code.SS005, message)
                    .as(Severity.WARNING)
                    .detail("remove all but one"));
        }
    }

    private static boolean isMergeable(YamlValue value) {
        return value instanceof YamlMapping
                || value instanceof YamlSequence sequence
                        && sequence.values().stream().allMatch(YamlMapping.class::isInstance);
    }

    /**
     * A block collection ends with its last part: blanks and comments may come before its end event. An anchor and a tag
     * that come after {@code first}, the start of its first part, belong to that part.
     */
    private Span span(CollectionStartEvent start, int first, Event end, Span last) {
        int to = start.isFlow() ? offsets.of(end.getEndMark()) : last.end();
        int from = offsets.of(start.getStartMark());
        boolean properties = start.getAnchor() != null || start.getTag() != null;
        return new Span(
                properties ? offsets.behindProperties(from, Math.min(first, to)) : offsets.behindBlanks(from, to), to);
    }

    private void open(Event event) {
        count(event, 1);
        if (++depth > Yaml.MAX_DEPTH) {
            throw error(event, tooDeep(), "");
        }
    }

    private static String tooDeep() {
        return "mappings and sequences nest deeper than " + Yaml.MAX_DEPTH;
    }

    private void count(Event event, long more) {
        values += more;
        if (values > maxValues) {
            throw error(event, "more than " + maxValues + " values", "is this a training file?");
        }
    }

    private SyntaxError error(Event event, String message, String remedy) {
        return new SyntaxError(here(offsets.of(event.getStartMark())), message, remedy);
    }

    private Span here(int at) {
        return new Span(at, Math.min(at + 1, source.text().length()));
    }
}
