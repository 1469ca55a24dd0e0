package samestep.dialect.jax.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import samestep.dialect.Births;
import samestep.dialect.curve.StepFunction;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.OptaxCall;
import samestep.dialect.jax.value.Signatures;
import samestep.dialect.jax.value.Signatures.Parameter;
import samestep.dialect.jax.value.Signatures.Signature;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.BoundMethod;
import samestep.program.value.FunctionValue;
import samestep.program.value.Mapping;
import samestep.program.value.Partial;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Calls of a program as calls of Optax' functions. */
final class Converted {
    private static final Set<String> TREES =
            Set.of("mask", "weight_decay_mask", "trust_ratio_mask", "param_labels", "freeze_mask");
    private static final int DEEPEST = 30;

    private final Trace trace;
    private final Masks masks;
    private final List<Finding> findings;

    Converted(Trace trace, List<Finding> findings) {
        this.trace = trace;
        this.masks = new Masks(trace);
        this.findings = findings;
    }

    /** A call. */
    OptaxCall call(RecordedCall call) {
        return call(call, 0);
    }

    private OptaxCall call(RecordedCall call, int depth) {
        String name = OptaxNames.of(call).orElseThrow();
        List<String> names = Signatures.transform(name)
                .or(() -> Signatures.schedule(name))
                .map(Converted::byPosition)
                .orElse(List.of());
        List<Argument> positional = new ArrayList<>();
        for (int i = 0; i < call.positional().size(); i++) {
            RecordedCall.Argument given = call.positional().get(i);
            positional.add(argument(i < names.size() ? names.get(i) : "", given.value(), given.place(), depth));
        }
        Map<String, Argument> named = new LinkedHashMap<>();
        call.keywords()
                .forEach((parameter, given) ->
                        named.put(parameter, argument(parameter, given.value(), given.place(), depth)));
        if (call.isOpen()) {
            positional.add(new Argument.Unknown("further arguments are given by a star", call.place()));
        }
        return new OptaxCall(name, positional, named, call.place());
    }

    private static List<String> byPosition(Signature signature) {
        return signature.parameters().stream()
                .filter(p -> !p.isNamedOnly())
                .map(Parameter::name)
                .toList();
    }

    private Argument argument(String parameter, Value given, Place place, int depth) {
        Value value = OptaxNames.behind(given);
        if (depth > DEEPEST) {
            return new Argument.Unknown("it is nested too deep", place);
        }
        if (TREES.contains(parameter) && !(value instanceof Value.None) && !(value instanceof Value.Bool)) {
            return masks.of(value, place);
        }
        if (value instanceof Value.Number number && number.formula().isPresent()) {
            return new Argument.Num(Births.quantity(number, place));
        }
        if (value instanceof Value.Bool bool) {
            return new Argument.Flag(bool.value());
        }
        if (value instanceof Value.Text text) {
            return new Argument.Text(text.value());
        }
        if (value instanceof Value.None) {
            return new Argument.Nothing();
        }
        if (value instanceof Sequence sequence && sequence.isComplete()) {
            return new Argument.Many(sequence.elements().stream()
                    .map(element -> argument("", element, place, depth + 1))
                    .toList());
        }
        if (value instanceof Mapping mapping && mapping.rest().isEmpty()) {
            return table(mapping, place, depth);
        }
        if (value instanceof Value.Library library) {
            return new Argument.Text(library.name());
        }
        return value instanceof Value.Made made && isOptax(made.call())
                ? new Argument.Given(call(made.call(), depth + 1))
                : function(value, place);
    }

    private static boolean isOptax(RecordedCall call) {
        return OptaxNames.isTransform(call) || OptaxNames.isSchedule(call);
    }

    private Argument table(Mapping mapping, Place place, int depth) {
        Map<String, Argument> entries = new LinkedHashMap<>();
        for (Mapping.Entry entry : mapping.entries()) {
            String key = entry.key() instanceof Value.Number number
                            && number.formula().isPresent()
                    ? number.decimal().toPlainString()
                    : entry.key() instanceof Value.Text text ? text.value() : "";
            if (key.isEmpty()) {
                return new Argument.Unknown("it has keys that are not known", place);
            }
            entries.put(key, argument(key, entry.value(), place, depth + 1));
        }
        return new Argument.Table(entries);
    }

    /** Your own schedule, or what is not known. */
    private Argument function(Value value, Place place) {
        boolean isFunction = value instanceof FunctionValue || value instanceof Partial || value instanceof BoundMethod;
        if (!isFunction) {
            return new Argument.Unknown(Reasons.of(value), Reasons.place(value).orElse(place));
        }
        Optional<StepFunction.Found> found =
                new StepFunction(step -> trace.call(value, List.of(step))).find(OptionalLong.empty());
        if (found.isEmpty()) {
            return new Argument.Unknown("what this function gives at an update is not known", place);
        }
        if (found.get().isTable()) {
            findings.add(Finding.at(
                    place,
                    Code.SS433,
                    "a function of the update is read as a table of its values at "
                            + found.get().sampled()));
        }
        return new Argument.Curve(found.get().form(), "a function of the update", List.of());
    }
}
