package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Input;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.object.Signatures;
import samestep.dialect.pytorch.program.table.Arguments;
import samestep.dialect.pytorch.program.table.Lengths;
import samestep.dialect.pytorch.program.table.Optimizers;
import samestep.dialect.pytorch.program.table.Prepared;
import samestep.dialect.pytorch.python.PythonDefinitions;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.program.PartNames;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule.Unit;
import samestep.recipe.Stage;

/** From the trace of a program to the configuration that it trains with. */
final class ProgramReader {
    private final Input input;
    private final Trace trace;
    private final ModelWorld world;
    private final List<Finding> findings = new ArrayList<>();

    ProgramReader(Input input, Trace trace, ModelWorld world) {
        this.input = input;
        this.trace = trace;
        this.world = world;
    }

    /** The configuration; empty, with a finding, where the program has no optimizer, or more than one. */
    Outcome<PytorchConfiguration> read() {
        List<RecordedCall> all = Optimizers.of(trace);
        List<RecordedCall> optimizers = input.part()
                .map(part -> PartNames.named(all, part))
                .filter(found -> !all.isEmpty())
                .orElse(all);
        if (optimizers.isEmpty() && !all.isEmpty()) {
            Finding finding = Finding.at(
                    all.get(0).place(),
                    Code.SS010,
                    "no optimizer of this program is named " + input.part().orElse(""));
            return Outcome.failed(PartNames.choosing(finding, all));
        }
        if (optimizers.isEmpty()) {
            return Outcome.failed(Finding.at(
                    Place.start(input.source()), Code.SS008, "no optimizer of PyTorch is made in this program"));
        }
        if (optimizers.size() > 1) {
            return Outcome.failed(several(optimizers));
        }
        PytorchConfiguration read = of(optimizers.get(0), all.size() > 1);
        world.rebound(trace)
                .ifPresent(name -> findings.add(Finding.at(
                        Place.start(input.source()),
                        Code.SS010,
                        "the program binds " + name + " to something else after functions that use it")));
        boolean isKnown = findings.stream().noneMatch(f -> f.severity() == samestep.finding.Severity.ERROR);
        return isKnown ? Outcome.of(read, findings) : Outcome.failed(findings);
    }

    private static Finding several(List<RecordedCall> optimizers) {
        List<String> all = optimizers.stream()
                .map(call -> Optimizers.classPath(call).orElse("") + " at " + call.place())
                .toList();
        Finding finding = Finding.at(
                        optimizers.get(1).place(),
                        Code.SS010,
                        optimizers.size() + " optimizers in this program; the file does not say which is used")
                .detail("They are " + String.join(", ", all) + ".");
        return PartNames.choosing(finding, optimizers);
    }

    /**
     * @param isOneOfSeveral whether other optimizers of the program have losses and clips of their own
     */
    private PytorchConfiguration of(RecordedCall call, boolean isOneOfSeveral) {
        List<RecordedCall> twins = Optimizers.twins(trace, call);
        Groups groups = groups(call, twins);
        Grouping grouping = new Grouping(trace, world, findings);
        WrittenGroups written = new WrittenGroups(trace, groups, findings);
        Steps steps = new Steps(trace, twins);
        Optional<SetNumbers.Found> set =
                SetNumbers.of(trace, twins, steps, world, groups.groups().size());
        List<Groups.Group> all = Groups.withoutOwn(
                set.map(found -> found.in(groups.groups())).orElse(groups.groups()),
                Optimizers.classPath(call).orElseThrow());
        PytorchObject object = object(call);
        PytorchConfiguration configuration = written.in(grouping.with(
                PytorchConfiguration.of(
                        "PyTorch", set.map(found -> found.of(object)).orElse(object)),
                all));
        Unread unread = new Unread(trace.source());
        NamedTerms terms = new NamedTerms(world, written::named);
        List<BeforeStep> before = beforeStep(groups, grouping, terms, steps, unread);
        if (isOneOfSeveral && !before.isEmpty()) {
            findings.add(Finding.at(
                    call.place(),
                    Code.SS010,
                    "the program changes gradients or losses, and has several optimizers;"
                            + " which of them that is for cannot be read yet"));
        }
        Epochs epochs = epochs(steps, before);
        boolean isWhole = input.run().devicesOrOne() == 1
                || steps.loader()
                        .filter(loader -> Prepared.isIn(trace.calls(), loader))
                        .isEmpty();
        // Of several processes, each goes over a share of a loader that was prepared.
        Lengths lengths = new Lengths(epochs, microSteps(before), steps.loader().filter(loader -> isWhole));
        Schedulers schedulers =
                new Schedulers(trace, twins, steps, lengths, input.run().devices(), findings);
        set.ifPresent(this::table);
        Optional<Scheduling> scheduling =
                set.flatMap(SetNumbers.Found::scheduling).or(schedulers::scheduling);
        boolean changes = new Beside(trace, twins, steps, world, groups.groups(), unread, findings).check()
                | new OptimizerChanges(
                                trace, twins, set.map(SetNumbers.Found::events).orElse(Set.of()), unread, findings)
                        .check()
                | stopped()
                | schedulers.isNotFollowed();
        findings.addAll(unread.findings());
        before.addAll(unread.stages());
        Scheduling own = new Scheduling(new PytorchObject("", Map.of(), Optional.empty()), Unit.NOT_FOLLOWED);
        List<String> unknown = new ArrayList<>(configuration.unknown());
        if (changes) {
            unknown.add("the learning rate that " + trace.source().name() + " sets");
        }
        return configuration
                .withUnknown(unknown)
                .withScheduling(changes ? Optional.of(own) : scheduling)
                .withBeforeStep(before)
                .withEpochs(epochs);
    }

    /** Says that rates which the program sets are a table. */
    private void table(SetNumbers.Found set) {
        if (set.scheduling().isPresent()) {
            findings.add(Finding.at(
                    set.place(),
                    Code.SS433,
                    "the rates that the program's own code sets are read as a table of the " + set.steps() + " "
                            + (set.scheduling().get().unit() == Unit.EPOCHS ? "epochs" : "updates") + " of the run"));
        }
    }

    /** What happens before the step, in order: the loss's scale, penalties, accumulation, clips. */
    private List<BeforeStep> beforeStep(
            Groups groups, Grouping grouping, NamedTerms terms, Steps steps, Unread unread) {
        List<BeforeStep> before = new ArrayList<>();
        Optional<Gradients> gradients = steps.step().map(s -> new Gradients(trace, s, groups, unread, findings));
        Optional<BeforeStep> accumulation = gradients.flatMap(Gradients::accumulation);
        int microSteps = (int) microSteps(accumulation.stream().toList());
        Penalties penalties = new Penalties(trace, microSteps, world, terms, grouping::members, findings);
        gradients.flatMap(g -> g.lossScale(microSteps, penalties::isPenalty)).ifPresent(before::add);
        before.addAll(penalties.stages());
        accumulation.ifPresent(before::add);
        gradients.ifPresent(g -> before.addAll(g.clips()));
        return before;
    }

    /** Says where reading ended early: what comes after it may set the rate, or change the update. */
    private boolean stopped() {
        for (String note : trace.notes()) {
            findings.add(Finding.at(Place.start(input.source()), Code.SS045, note)
                    .detail("No verdict on the whole is possible; everything else is read."));
        }
        return trace.isCutOff();
    }

    private PytorchObject object(RecordedCall call) {
        String path = Optimizers.classPath(call).orElseThrow();
        String className = path.substring(path.lastIndexOf('.') + 1);
        String library = path.substring(0, path.indexOf('.'));
        boolean isWhole = library.equals("torch")
                || PythonDefinitions.optimizer(call.name()).isPresent();
        String key = isWhole ? path : library + "." + className;
        Optional<Map<String, Argument>> arguments = Signatures.arguments(call, key);
        if (arguments.isEmpty() || call.isOpen()) {
            findings.add(Finding.at(call.place(), Code.SS010, "not all arguments of " + className + " are known")
                    .detail(
                            call.isOpen()
                                    ? "Some are given by a star of what is not known."
                                    : "The names of arguments by position are not known for this class."));
        }
        Map<String, Argument> named = new LinkedHashMap<>(arguments.orElse(Map.of()));
        named.remove("params");
        named.remove("adam_w_mode");
        Map<String, PytorchValue> values = new Arguments(findings).values(className, named);
        if (call.name().equals("apex.optimizers.FusedAdam")) {
            values.putIfAbsent("weight_decay", new PytorchValue.Num(Quantity.byDefault("0", "apex's default")));
        }
        return new PytorchObject(path, values, Optional.of(call.place()));
    }

    private Groups groups(RecordedCall call, List<RecordedCall> twins) {
        Groups groups = new Groups(world, findings);
        call.argument("params", 0)
                .ifPresentOrElse(
                        params -> groups.add(params.value(), params.place()),
                        () -> findings.add(
                                Finding.at(call.place(), Code.SS010, "the parameters of the optimizer are not known")));
        RecordedCall last = twins.get(twins.size() - 1);
        for (RecordedCall added : trace.callsOn(new Value.Made(last))) {
            if (added.name().endsWith(".add_param_group") && !added.positional().isEmpty()) {
                if (added.circumstances().isConditional()
                        || added.circumstances().isRepeated()) {
                    findings.add(Finding.at(
                            added.place(), Code.SS010, "whether this parameter group is added is not known"));
                }
                groups.group(added.positional().get(0).value(), added.place());
            }
        }
        return groups;
    }

    private Epochs epochs(Steps steps, List<BeforeStep> before) {
        Optional<Quantity> number = steps.epochs().flatMap(Steps::turns);
        Optional<Quantity> length = new EpochLength(input.run(), findings)
                .of(Optional.empty(), microSteps(before), input.run().devicesOrOne(), EpochLength.Remainder.KEPT);
        return new Epochs(number, length);
    }

    private static long microSteps(List<BeforeStep> before) {
        return before.stream()
                .map(BeforeStep::stage)
                .filter(Stage.Accumulation.class::isInstance)
                .mapToLong(stage -> ((Stage.Accumulation) stage).microSteps())
                .findFirst()
                .orElse(1);
    }
}
