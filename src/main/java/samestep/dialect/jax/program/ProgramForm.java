package samestep.dialect.jax.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.jax.JaxReader;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.program.Limits;
import samestep.program.PartNames;
import samestep.program.Programs;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.text.SourceText;
import samestep.text.Words;

/** A Python program that trains with Optax. Nothing of it is run. */
public final class ProgramForm {
    private static final Pattern IMPORTS =
            Pattern.compile("(?m)^[ \\t]*(?:from[ \\t]+|import[ \\t][^\\n]*)\\boptax\\b");
    private static final Pattern MAKES = Pattern.compile("optax|optimizer|tx\\b");

    private static final Words NAME = Words.of("optax");

    private ProgramForm() {}

    /** Whether a program or a module imports Optax. */
    public static boolean isImportedBy(SourceText program) {
        return program.has(NAME) && IMPORTS.matcher(program.text()).find();
    }

    /** Whether a text is such a program, by its words. */
    public static boolean recognises(SourceText source) {
        if (!ProgramText.mayTrain(source) || !source.has(NAME)) {
            return false;
        }
        String words = ProgramText.words(source);
        return IMPORTS.matcher(words).find() && MAKES.matcher(words).find();
    }

    /** The names of the optimizers, where there are several. */
    public static List<String> parts(Input input) {
        return PartNames.choices(new Chains(trace(input, new TreeWorld())).all());
    }

    private static Trace trace(Input input, TreeWorld world) {
        Companions.Home home = input.companions().home();
        SourceText source = input.source();
        return Programs.read(ProgramText.parts(source), home.path(source), home.repository(), world, Limits.USUAL);
    }

    /** Reads a program. */
    public static Outcome<Recipe> read(Input input) {
        TreeWorld world = new TreeWorld();
        Trace trace = trace(input, world);
        Optional<String> rebound = world.rebound(trace);
        if (rebound.isPresent()) {
            return Outcome.failed(Finding.at(
                    Place.start(input.source()),
                    Code.SS010,
                    "the program binds " + rebound.get() + " to something else after functions that use it"));
        }
        List<RecordedCall> all = new Chains(trace).all();
        if (all.isEmpty()) {
            return Outcome.failed(Finding.at(
                    Place.start(input.source()), Code.SS008, "no optimizer of Optax is made in this program"));
        }
        List<RecordedCall> chosen =
                input.part().map(part -> PartNames.named(all, part)).orElse(all);
        if (chosen.isEmpty()) {
            Finding finding = Finding.at(
                    all.get(0).place(),
                    Code.SS010,
                    "no optimizer of this program is named " + input.part().orElse(""));
            return Outcome.failed(PartNames.choosing(finding, all));
        }
        if (chosen.size() > 1) {
            return Outcome.failed(several(chosen));
        }
        return OptaxNames.of(chosen.get(0)).isPresent()
                ? read(input, trace, chosen.get(0))
                : Outcome.failed(Finding.at(
                        chosen.get(0).place(),
                        Code.SS010,
                        "what " + chosen.get(0).name() + " makes of the optimizer cannot be read yet"));
    }

    private static Finding several(List<RecordedCall> chains) {
        List<String> all =
                chains.stream().map(call -> call.name() + " at " + call.place()).toList();
        Finding finding = Finding.at(
                        chains.get(1).place(),
                        Code.SS010,
                        chains.size() + " optimizers in this program; the file does not say which is used")
                .detail("They are " + String.join(", ", all) + ".");
        return PartNames.choosing(finding, chains);
    }

    private static Outcome<Recipe> read(Input input, Trace trace, RecordedCall chain) {
        List<Finding> findings = new ArrayList<>();
        GradientFlow flow = new GradientFlow(trace);
        List<Stage> before = flow.stages();
        Outcome<Recipe> read = JaxReader.read(new Converted(trace, findings).call(chain), before);
        findings.addAll(read.findings());
        findings.addAll(flow.findings());
        trace.notes()
                .forEach(note -> findings.add(Finding.at(Place.start(input.source()), Code.SS045, note)
                        .detail("No verdict on the whole is possible; everything else is read.")));
        boolean isOpen = trace.isCutOff() || setsHyperparameters(trace, findings);
        return new Outcome<>(read.value().map(recipe -> isOpen ? open(recipe, input) : recipe), findings);
    }

    /** What is set in {@code opt_state.hyperparams} later decides the rate, or another number. */
    private static boolean setsHyperparameters(Trace trace, List<Finding> findings) {
        List<Event> sets = trace.events().stream()
                .filter(event -> event instanceof Event.ElementSet set
                        && set.owner() instanceof Value.Member member
                        && member.name().equals("hyperparams"))
                .toList();
        sets.stream()
                .limit(1)
                .forEach(set -> findings.add(Finding.at(
                                set.place(), Code.SS441, "the program sets a number of the optimizer while it trains")
                        .detail("Only the named rate is known.")));
        return !sets.isEmpty();
    }

    private static Recipe open(Recipe recipe, Input input) {
        Schedule schedule = recipe.schedule().in(Schedule.Unit.NOT_FOLLOWED);
        return recipe.withSchedule(schedule)
                .withUnknown(List.of("the numbers that " + input.source().name() + " sets while it trains"));
    }
}
