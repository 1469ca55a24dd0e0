package samestep.program.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.FunctionValue;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Scope;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.syntax.python.tree.Parameter;

/** Binds arguments to parameters. */
final class Binding {
    private final Machine machine;

    Binding(Machine machine) {
        this.machine = machine;
    }

    void bind(FunctionValue function, Arguments arguments, Place place, Scope scope) {
        Map<String, RecordedCall.Argument> keywords = new LinkedHashMap<>(arguments.keywords());
        int next = 0;
        for (Parameter parameter : function.parameters()) {
            switch (parameter.kind()) {
                case STAR -> {
                    List<Value> rest = new ArrayList<>();
                    while (next < arguments.count()) {
                        rest.add(arguments.positional().get(next++).value());
                    }
                    scope.bind(
                            parameter.name(),
                            new Sequence(Sequence.Kind.TUPLE, rest, arguments.open(), Optional.of(place)));
                }
                case DOUBLE_STAR -> scope.bind(parameter.name(), rest(keywords, arguments, place));
                default -> {
                    boolean byPosition = parameter.kind() != Parameter.Kind.KEYWORD_ONLY && next < arguments.count();
                    RecordedCall.Argument given =
                            byPosition ? arguments.positional().get(next++) : keywords.remove(parameter.name());
                    scope.bind(
                            parameter.name(),
                            given != null
                                    ? handed(function, parameter, given)
                                    : missing(function, parameter, arguments, place));
                }
            }
        }
    }

    private static Mapping rest(Map<String, RecordedCall.Argument> keywords, Arguments arguments, Place place) {
        Mapping rest = new Mapping(Mapping.DICT, Optional.of(place));
        keywords.forEach((name, argument) -> rest.put(name, argument.value()));
        arguments.open().ifPresent(rest::open);
        return rest;
    }

    private static Value handed(FunctionValue function, Parameter parameter, RecordedCall.Argument given) {
        Value value = given.value();
        Origin origin = value.born();
        if (origin.literals().isEmpty() && origin.notes().isEmpty()) {
            return value;
        }
        return value.bornAt(origin.through(new Origin.Passage(function.name(), parameter.name(), given.place())));
    }

    private Value missing(FunctionValue function, Parameter parameter, Arguments arguments, Place place) {
        if (arguments.open().isPresent()) {
            return machine.unknown(
                    "parameter " + parameter.name() + " of " + function.name() + ", which may be given by stars",
                    place);
        }
        Value value = function.defaults().get(parameter.name());
        if (value != null && machine.isAssumed(function)) {
            String note = "default of " + parameter.name() + " in " + function.name() + "(), which is never called";
            return value.bornAt(value.born().noted(note));
        }
        return value != null
                ? value
                : machine.unknown(
                        "parameter " + parameter.name() + " of " + function.name() + " without an argument", place);
    }
}
