package samestep.dialect.jax.bigvision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.dialect.Companions;
import samestep.dialect.Entries;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.jax.JaxReader;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.program.Limits;
import samestep.program.Programs;
import samestep.program.Trace;
import samestep.program.value.Mapping;
import samestep.program.value.Value;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.text.SourceText;
import samestep.text.Words;

/** A configuration of big_vision: a Python file whose {@code get_config} gives an {@code ml_collections.ConfigDict}. */
public final class BigVisionForm {
    private static final Pattern FUNCTION = Pattern.compile("(?m)^def[ \\t]+get_config[ \\t]*\\(");

    private static final Words NAME = Words.of("optax_name");

    private BigVisionForm() {}

    /** Whether a text is one, by its words. */
    public static boolean recognises(SourceText source) {
        return source.name().endsWith(".py")
                && ProgramText.mayTrain(source)
                && source.has(NAME)
                && FUNCTION.matcher(source.text()).find();
    }

    /** Reads one. */
    public static Outcome<Recipe> read(Input input) {
        SourceText source = input.source();
        Companions.Home home = input.companions().home();
        Trace trace = Programs.read(
                ProgramText.parts(source), home.path(source), home.repository(), new Arguments(), Limits.USUAL);
        Value config = trace.binding("get_config")
                .map(function -> trace.call(function, List.of()))
                .orElse(new Value.Unknown("there is no get_config", Optional.empty()));
        if (!(config instanceof Mapping mapping)) {
            return Outcome.failed(Finding.at(
                    Reasons.place(config).orElse(Place.start(source)),
                    Code.SS010,
                    "what get_config gives is not known: " + Reasons.of(config)));
        }
        List<Finding> findings = new ArrayList<>();
        Reading reading = new Reading(new Entries(mapping, "", Place.start(source), findings), input.run(), findings);
        Outcome<Recipe> read =
                reading.chain().map(chain -> JaxReader.read(chain, List.of())).orElse(Outcome.failed(List.of()));
        findings.addAll(read.findings());
        boolean isUsable = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
        return new Outcome<>(read.value().filter(r -> isUsable).map(recipe -> completed(recipe, reading)), findings);
    }

    private static Recipe completed(Recipe recipe, Reading reading) {
        Schedule of = recipe.schedule();
        Schedule schedule =
                new Schedule(of.form(), of.formula(), 1, reading.length(), of.name(), of.values(), of.unit());
        return new Recipe("big_vision", recipe.parameters(), schedule, recipe.counting())
                .withSchedule(reading.isOpen() ? schedule.in(Schedule.Unit.NOT_SAID) : schedule)
                .withBatchSize(reading.batch());
    }
}
