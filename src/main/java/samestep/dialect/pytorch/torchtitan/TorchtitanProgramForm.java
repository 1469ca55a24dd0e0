package samestep.dialect.pytorch.torchtitan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.program.Limits;
import samestep.program.Programs;
import samestep.program.Repository;
import samestep.program.Trace;
import samestep.program.World;
import samestep.program.library.Strangers;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.python.Python;
import samestep.syntax.python.PythonFile;
import samestep.text.SourceText;

/**
 * torchtitan's configurations since February 2026: functions of a Python file, each of which gives a {@code Trainer.Config}. Nothing
 * of the file is run. Source: torchtitan/config/manager.py, {@code _load_config}.
 */
public final class TorchtitanProgramForm implements PytorchForm {
    private static final Pattern IMPORT = Pattern.compile("(?m)^[ \\t]*(?:from|import)[ \\t]+torchtitan\\b");
    private static final Pattern MAKES = Pattern.compile("Trainer\\.Config\\(|\\bconfig_registry[ \\t]+import\\b");
    private static final Pattern MODULES = Pattern.compile("(?m)^class[ \\t]+\\w*Trainer\\b");

    @Override
    public String describes() {
        return "torchtitan configurations in Python";
    }

    @Override
    public boolean recognises(SourceText source) {
        String text = source.text();
        return source.name().endsWith(".py")
                && text.contains("torchtitan")
                && IMPORT.matcher(text).find()
                && MAKES.matcher(text).find()
                && !MODULES.matcher(text).find();
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        Trace trace = trace(input, false);
        List<String> own = own(trace, source);
        List<String> chosen = input.part().map(List::of).orElse(own);
        if (chosen.size() != 1) {
            return Outcome.failed(choosing(
                    Finding.at(
                            Place.start(source),
                            own.isEmpty() ? Code.SS008 : Code.SS010,
                            own.isEmpty()
                                    ? "no function of this program gives a Trainer.Config of torchtitan"
                                    : own.size()
                                            + " configurations in this program; the file does not say which is used"),
                    source,
                    own));
        }
        // What the other functions change of what they share is not changed here.
        Trace alone = trace(input, true);
        Optional<Value> value = alone.binding(chosen.get(0)).map(bound -> given(alone, bound));
        if (value.isEmpty()) {
            Finding finding = Finding.at(
                    Place.start(source), Code.SS010, "no configuration of this program is named " + chosen.get(0));
            return Outcome.failed(choosing(finding, source, own));
        }
        return of(input, trace, chosen.get(0), value.get());
    }

    private static Outcome<PytorchConfiguration> of(Input input, Trace trace, String name, Value value) {
        SourceText source = input.source();
        List<Finding> findings = new ArrayList<>();
        trace.notes().forEach(note -> findings.add(Finding.at(Place.start(source), Code.SS010, note)));
        boolean isOwn = TorchtitanNames.section(value).filter("trainer"::equals).isPresent();
        if (!isOwn) {
            Place place = place(trace, name).orElse(Place.start(source));
            findings.add(Finding.at(
                    place,
                    Code.SS010,
                    name + " does not give a Config of torchtitan's own Trainer, and cannot be read: "
                            + Reasons.of(value)));
            return Outcome.failed(findings);
        }
        strangers(trace, name, findings);
        Ledger ledger = Ledgers.of("torchtitan");
        TorchtitanTree tree = new TorchtitanTree(source, ledger, findings);
        Fields fields = new Fields(List.of(tree.of((Instance) value)), FormDefaults.of("torchtitan"), findings);
        return new TorchtitanReader(input, fields, findings, tree.isOwnGroup()).read();
    }

    /** What a function that is not read is given, it may change. */
    private static void strangers(Trace trace, String name, List<Finding> findings) {
        for (RecordedCall call : trace.calls()) {
            boolean isOf = call.circumstances().functions().isEmpty()
                    || call.circumstances().functions().contains(name);
            boolean isGiven = Stream.concat(call.positional().stream(), call.keywords().values().stream())
                    .anyMatch(argument ->
                            TorchtitanNames.section(argument.value()).isPresent());
            if (isOf && isGiven && Strangers.mayChange(call.callee())) {
                findings.add(Finding.at(
                        call.place(),
                        Code.SS010,
                        "the configuration is given to " + call.lastName() + ", which is not read and may change it"));
            }
        }
    }

    @Override
    public List<String> parts(Input input) {
        List<String> own = own(trace(input, false), input.source());
        return own.size() < 2 ? List.of() : own;
    }

    private static Finding choosing(Finding finding, SourceText source, List<String> own) {
        return own.isEmpty()
                ? finding
                : finding.detail("One is chosen by its name: "
                        + String.join(
                                ", ",
                                own.stream()
                                        .map(name -> source.name() + ":" + name)
                                        .toList()) + ".");
    }

    /** @param isImported whether no function is called that the file does not call itself */
    private static Trace trace(Input input, boolean isImported) {
        Companions.Home home = input.companions().home();
        SourceText source = input.source();
        List<PythonFile> parts = List.of(Python.parse(source));
        String path = home.path(source);
        Repository files = new TorchtitanNames(home.repository());
        return isImported
                ? Programs.imported(parts, path, files, World.NONE, Limits.USUAL)
                : Programs.read(parts, path, files, World.NONE, Limits.USUAL);
    }

    /** The names of the file that are, or give, a configuration of a trainer. */
    private static List<String> own(Trace trace, SourceText source) {
        Map<String, Value> bound = new LinkedHashMap<>(trace.bindings());
        return bound.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("_"))
                .filter(entry -> isTrainer(trace, entry.getValue(), source))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isTrainer(Trace trace, Value bound, SourceText source) {
        boolean isFunction =
                bound instanceof FunctionValue function && function.source().equals(source);
        boolean mayBe = isFunction || bound instanceof Instance || bound instanceof Value.Made;
        Value given = mayBe ? given(trace, bound) : bound;
        return TorchtitanNames.section(given).filter("trainer"::equals).isPresent()
                || given instanceof Value.Made made && made.call().name().endsWith("Trainer.Config");
    }

    /** What a function without arguments gives; anything else itself. */
    private static Value given(Trace trace, Value bound) {
        boolean isCalled = bound instanceof FunctionValue function
                && function.parameters().stream()
                        .allMatch(parameter -> function.defaults().containsKey(parameter.name()));
        return isCalled ? trace.call(bound, List.of()) : bound;
    }

    private static Optional<Place> place(Trace trace, String name) {
        return trace.binding(name)
                .filter(FunctionValue.class::isInstance)
                .map(function -> ((FunctionValue) function).place());
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(Ledgers.of("torchtitan"));
    }
}
