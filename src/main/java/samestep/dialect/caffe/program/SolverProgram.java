package samestep.dialect.caffe.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.schema.Schema;
import samestep.equation.print.ExpressionPrinter;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.program.Limits;
import samestep.program.Programs;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.Show;
import samestep.program.value.Value;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.syntax.python.Python;
import samestep.text.SourceText;
import samestep.text.Words;

/**
 * A program that makes a solver: {@code caffe_pb2.SolverParameter(**parameters)}, or fields set on one. Nothing of it is
 * run. Nets that it makes with {@code NetSpec} are not read.
 */
public final class SolverProgram {
    private static final Pattern SOLVER = Pattern.compile("\\bcaffe_pb2\\b");
    private static final Set<String> RATE = Set.of("base_lr", "lr_policy", "gamma", "power", "stepsize", "stepvalue");
    private static final String CLASS = "SolverParameter";
    private static final Words NAME = Words.of(CLASS);

    private final Input input;
    private final Trace trace;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    private SolverProgram(Input input) {
        this.input = input;
        Companions.Home home = input.companions().home();
        this.trace = Programs.read(
                List.of(Python.parse(input.source())),
                home.path(input.source()),
                home.repository(),
                new ParameterWorld(),
                Limits.USUAL);
    }

    /** Whether a text is such a program, by its words; nothing is parsed. */
    public static boolean recognises(SourceText source) {
        return source.name().endsWith(".py")
                && source.has(NAME)
                && SOLVER.matcher(source.text()).find();
    }

    /**
     * Reads a program.
     *
     * @param schema the fields of a solver by name
     * @param solver reads a solver's prototxt
     */
    public static Outcome<Recipe> read(
            Input input, Function<String, Optional<Schema.Field>> schema, Function<Input, Outcome<Recipe>> solver) {
        return new SolverProgram(input).solver(schema, solver);
    }

    private Outcome<Recipe> solver(
            Function<String, Optional<Schema.Field>> schema, Function<Input, Outcome<Recipe>> reader) {
        List<RecordedCall> solvers = trace.calls().stream()
                .filter(call -> call.name().endsWith("caffe_pb2." + CLASS))
                .toList();
        if (solvers.isEmpty()) {
            return Outcome.failed(
                    Finding.at(Place.start(input.source()), Code.SS008, "a program that makes no solver of Caffe"));
        }
        RecordedCall last = solvers.get(solvers.size() - 1);
        if (solvers.size() > 1) {
            unread("the program makes several solvers; the last is read", last.place());
        }
        SolverFields fields = SolverFields.of(trace, last);
        SolverText text = new SolverText(fields, schema);
        if (fields.isOpen()) {
            unread("fields of the solver are given by stars of what is not known", last.place());
        }
        fields.conditional()
                .forEach(place -> unread("a field of the solver is set under a condition that is not known", place));
        text.unknown().forEach(this::unknown);
        trace.notes().forEach(note -> unread(note, Place.start(input.source())));
        SourceText document = text.source(input.source().name());
        Outcome<Recipe> read = reader.apply(new Input(document, input.model(), input.companions(), input.run()));
        boolean isRateUnknown = text.unknown().stream().anyMatch(u -> RATE.contains(u.field()));
        read.findings().stream()
                .filter(finding -> !(isRateUnknown && finding.code() == Code.SS203))
                .forEach(finding ->
                        findings.add(finding.at(finding.place().map(place -> placed(place, document, text, last)))
                                .mendedBy(List.of())));
        Optional<Recipe> recipe = read.value()
                .filter(r -> findings.stream().noneMatch(f -> f.severity() == Severity.ERROR))
                .map(r -> traced(r, document, text))
                .map(r -> isRateUnknown ? r.withSchedule(r.schedule().in(Schedule.Unit.NOT_SAID)) : r);
        return new Outcome<>(recipe, findings);
    }

    /** What decides the update and is not known has no default: nothing is said of the update then. */
    private void unknown(SolverText.Unknown field) {
        if (field.use().filter(use -> use == Schema.Use.BESIDE).isPresent()) {
            return;
        }
        String what = field.field() + " of the solver is not known: it is "
                + cut(Show.value(field.argument().value()));
        boolean isDecisive =
                field.use().filter(use -> use == Schema.Use.TRAINING).isPresent()
                        && !RATE.contains(field.field())
                        && !field.field().equals("max_iter");
        if (isDecisive) {
            findings.add(Finding.at(field.argument().place(), Code.SS010, what));
        } else {
            unread(what, field.argument().place());
        }
    }

    private static Place placed(Place place, SourceText document, SolverText text, RecordedCall solver) {
        return place.source() == document
                ? text.at(place.span())
                        .map(entry -> SolverText.place(entry.argument()))
                        .orElse(solver.place())
                : place;
    }

    private Recipe traced(Recipe recipe, SourceText document, SolverText text) {
        Recipe traced = recipe.traced(
                quantity -> entry(quantity.origin(), document, text)
                        .map(entry -> quantity(quantity, entry))
                        .orElse(quantity),
                origin -> entry(origin, document, text)
                        .map(entry -> origin(origin, entry))
                        .orElse(origin),
                place -> place.source() == document
                        ? text.at(place.span())
                                .map(entry -> SolverText.place(entry.argument()))
                                .orElse(place)
                        : place);
        List<String> all = new ArrayList<>(traced.unknown());
        all.addAll(unknown);
        return traced.withUnknown(all);
    }

    private static Optional<SolverText.Entry> entry(Origin origin, SourceText document, SolverText text) {
        return origin.where().filter(place -> place.source() == document).flatMap(place -> text.at(place.span()));
    }

    private static Quantity quantity(Quantity quantity, SolverText.Entry entry) {
        boolean isWritten = quantity.origin() instanceof Origin.Written;
        String words = entry.argument().value() instanceof Value.Number number
                ? number.literal().map(Place::text).orElse("")
                : quantity.text();
        return new Quantity(quantity.value(), isWritten ? words : quantity.text(), origin(quantity.origin(), entry));
    }

    /** Where the number is born in the program. */
    private static Origin origin(Origin origin, SolverText.Entry entry) {
        List<String> how = new ArrayList<>();
        if (origin instanceof Origin.Derived derived) {
            how.add(derived.how());
        }
        List<String> through = entry.argument().value().born().through();
        if (entry.argument().value() instanceof Value.Number number
                && number.literal().isEmpty()) {
            number.formula().ifPresent(formula -> how.add(cut(ExpressionPrinter.print(formula))));
        }
        Place place = SolverText.place(entry.argument());
        return how.isEmpty()
                ? new Origin.Written(place, through)
                : new Origin.Derived(String.join(", ", how), Optional.of(place), through);
    }

    private void unread(String message, Place place) {
        findings.add(Finding.at(place, Code.SS045, message)
                .detail("No verdict on the whole is possible; everything else is read."));
        unknown.add(message + " at " + place);
    }

    private static String cut(String words) {
        return words.length() > 80 ? words.substring(0, 80) + "..." : words;
    }
}
