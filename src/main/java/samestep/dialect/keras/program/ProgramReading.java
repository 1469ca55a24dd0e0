package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Births;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.program.value.Value;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.text.Edit;
import samestep.text.SourceText;

/** A program as a document of Keras, and the way back from each part of it to the place in the program. */
public final class ProgramReading {
    private final Document document;
    private final List<Finding> findings;
    private final List<String> unknown;
    private final boolean isRateUnknown;
    private final boolean isRateChanged;
    private final Fit fit;
    private final Optional<EpochRates> rates;
    private final Optional<String> addedPenalty;
    private final Map<String, Node.Hidden> hidden;

    ProgramReading(
            Document document,
            List<Finding> findings,
            List<String> unknown,
            boolean isRateUnknown,
            boolean isRateChanged,
            Fit fit,
            Optional<EpochRates> rates,
            Optional<String> addedPenalty,
            Map<String, Node.Hidden> hidden) {
        this.hidden = Map.copyOf(hidden);
        this.addedPenalty = addedPenalty;
        this.document = document;
        this.findings = List.copyOf(findings);
        this.unknown = List.copyOf(unknown);
        this.isRateUnknown = isRateUnknown;
        this.isRateChanged = isRateChanged;
        this.fit = fit;
        this.rates = rates;
    }

    /** The document, as Keras would write it. */
    public SourceText document() {
        return document.text();
    }

    /**
     * What the document was read as, at the places of the program.
     *
     * @param updatesPerEpoch if known
     */
    public Outcome<Recipe> inTheProgram(Outcome<Recipe> read, OptionalLong updatesPerEpoch) {
        List<Finding> all = new ArrayList<>(findings);
        read.findings().stream().map(this::traced).filter(f -> !all.contains(f)).forEach(all::add);
        return new Outcome<>(read.value().map(recipe -> traced(recipe, updatesPerEpoch)), all);
    }

    private Recipe traced(Recipe recipe, OptionalLong updatesPerEpoch) {
        // A program leaves out what a document has, so its fields are held against those of a program only.
        Recipe traced = recipe.withSettings(
                        recipe.settings().with(recipe.settings().unjudged().in("program of Keras")))
                .traced(this::quantity, this::origin, this::place);
        List<String> others = new ArrayList<>(traced.unknown());
        others.addAll(unknown);
        Recipe whole = penalized(fit.addedTo(traced.withUnknown(others)));
        if (!isRateUnknown) {
            return rates.map(found -> found.in(whole, updatesPerEpoch)).orElse(whole);
        }
        Schedule.Unit unit = isRateChanged ? Schedule.Unit.NOT_FOLLOWED : Schedule.Unit.NOT_SAID;
        return whole.withSchedule(whole.schedule().in(unit));
    }

    /** A penalty that no layer has may be on any weight. */
    private Recipe penalized(Recipe recipe) {
        return addedPenalty
                .map(what -> recipe.withParameters(recipe.parameters().stream()
                        .map(p -> penalized(p, what))
                        .toList()))
                .orElse(recipe);
    }

    private static Parameter penalized(Parameter parameter, String what) {
        List<Stage> stages = new ArrayList<>(List.of(new UnknownStage(what)));
        stages.addAll(parameter.stages());
        return new Parameter(
                parameter.name(), parameter.rateMultiplier(), parameter.frozen(), stages, parameter.place());
    }

    private Quantity quantity(Quantity quantity) {
        Optional<Value.Number> number = quantity.place().flatMap(this::number);
        boolean isWritten = quantity.origin() instanceof Origin.Written;
        String text = isWritten && number.isPresent() ? Births.text(number.get()) : quantity.text();
        Optional<Origin> unknown =
                quantity.origin() instanceof Origin.Default silent ? notKnown(silent) : Optional.empty();
        return new Quantity(quantity.value(), text, unknown.orElseGet(() -> origin(quantity.origin())));
    }

    /** A default that stands for an argument that the program gives, and that is not known. */
    private Optional<Origin> notKnown(Origin.Default silent) {
        return KerasDefaults.argument(silent)
                .flatMap(argument ->
                        Optional.ofNullable(hidden.get(argument)).or(() -> Optional.ofNullable(hidden.get(""))))
                .map(h -> new Origin.NotKnown(h.reason(), Optional.of(h.place())));
    }

    private Origin origin(Origin origin) {
        Optional<Place> place = origin.where();
        Optional<Document.Entry> entry = place.flatMap(this::entry);
        if (entry.isEmpty()) {
            return origin;
        }
        String derived = origin instanceof Origin.Derived d ? d.how() : "";
        Optional<Value.Number> number = place.flatMap(this::number);
        Node node = entry.get().node();
        if (number.isPresent()) {
            return Births.origin(number.get(), node.place(), derived);
        }
        if (node instanceof Node.Leaf leaf && leaf.value().isEmpty() && derived.isEmpty()) {
            return new Origin.Derived("Keras' default", Optional.of(node.place()));
        }
        return derived.isEmpty()
                ? new Origin.Written(node.place())
                : new Origin.Derived(derived, Optional.of(node.place()));
    }

    private Optional<Document.Entry> entry(Place place) {
        return place.source() == document.text() ? document.at(place.span()) : Optional.empty();
    }

    private Optional<Value.Number> number(Place place) {
        return entry(place)
                .map(Document.Entry::node)
                .filter(Node.Leaf.class::isInstance)
                .flatMap(node -> ((Node.Leaf) node).value())
                .filter(Value.Number.class::isInstance)
                .map(Value.Number.class::cast);
    }

    /** Of a number where it is written, of everything else where the program says it. */
    private Place place(Place place) {
        return number(place)
                .flatMap(Births::birth)
                .or(() -> entry(place).map(e -> e.node().place()))
                .orElse(place);
    }

    private Finding traced(Finding finding) {
        Optional<Node> node = finding.place().flatMap(this::entry).map(Document.Entry::node);
        if (node.isPresent() && node.get() instanceof Node.Hidden hidden) {
            return Finding.at(hidden.place(), Code.SS045, hidden.what() + " is not known: " + hidden.reason())
                    .detail("No verdict on the whole is possible; everything else is read.");
        }
        List<Edit> edits = new ArrayList<>();
        for (Edit edit : finding.edits()) {
            number(new Place(edit.source(), edit.span()))
                    .flatMap(Value.Number::literal)
                    .ifPresent(l -> edits.add(new Edit(l.source(), l.span(), edit.replacement(), edit.certainty())));
        }
        Finding traced = finding.at(finding.place().map(this::place))
                .mendedBy(edits.size() == finding.edits().size() ? edits : List.of());
        // A file that builds a model and leaves its training to another is not a mistake.
        return traced.code() == Code.SS011 ? traced.as(Severity.NOTE) : traced;
    }
}
