package samestep.dialect.tensorflow.program.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Births;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;

/**
 * A call that a program makes.
 *
 * @param name the function's own
 * @param arguments by name
 */
public record ProgramCall(String name, Map<String, Argument> arguments, Place place, Problems problems)
        implements GivenCall {

    /** A recorded call. */
    public static ProgramCall of(RecordedCall call, Problems problems) {
        String path = Names.of(call).orElseGet(call::name);
        String name = Names.last(path);
        if (call.isOpen()) {
            problems.refuse(call.place(), "not all arguments of " + name + " are known");
        }
        Map<String, Argument> arguments = Signatures.arguments(Signatures.has(path) ? path : name, call);
        arguments.keySet().stream()
                .filter(argument -> argument.startsWith("#"))
                .findFirst()
                .ifPresent(argument -> problems.refuse(
                        call.place(), "the names of the arguments of " + name + " by position are not known"));
        return new ProgramCall(name, arguments, call.place(), problems);
    }

    /** The same with another argument. */
    public ProgramCall with(String argument, Argument value) {
        Map<String, Argument> all = new java.util.LinkedHashMap<>(arguments);
        all.put(argument, value);
        return new ProgramCall(name, all, place, problems);
    }

    private Optional<Argument> given(String argument) {
        return Optional.ofNullable(arguments.get(argument)).filter(a -> !(a.value() instanceof Value.None));
    }

    @Override
    public boolean has(String argument) {
        return given(argument).isPresent();
    }

    @Override
    public Optional<Quantity> number(String argument, int position) {
        return given(argument).flatMap(a -> number(argument, a.value(), a.place()));
    }

    private Optional<Quantity> number(String argument, Value value, Place at) {
        Value peeled = Scalars.peeled(value);
        if (peeled instanceof Value.Number number && number.formula().isPresent()) {
            return Optional.of(Births.quantity(number, at));
        }
        problems.refuse(at, argument + " of " + name + " is not known: " + Reasons.of(value));
        return Optional.empty();
    }

    @Override
    public boolean flag(String argument) {
        Optional<Argument> given = given(argument);
        if (given.isPresent() && !(given.get().value() instanceof Value.Bool)) {
            problems.refuse(
                    given.get().place(),
                    argument + " of " + name + " is not known: "
                            + Reasons.of(given.get().value()));
        }
        return given.map(a -> a.value() instanceof Value.Bool bool && bool.value())
                .orElse(false);
    }

    @Override
    public List<Quantity> numbers(String argument) {
        List<Quantity> numbers = new ArrayList<>();
        Optional<Argument> given = given(argument);
        if (given.isPresent() && given.get().value() instanceof Sequence list && list.isComplete()) {
            list.elements()
                    .forEach(v -> number(argument, v, given.get().place()).ifPresent(numbers::add));
        } else if (given.isPresent()) {
            problems.refuse(
                    given.get().place(),
                    argument + " of " + name + " is not known: "
                            + Reasons.of(given.get().value()));
        }
        return numbers;
    }

    @Override
    public Optional<ProgramCall> call(String argument) {
        return given(argument)
                .map(Argument::value)
                .filter(Value.Made.class::isInstance)
                .map(made -> of(((Value.Made) made).call(), problems));
    }

    @Override
    public Optional<Place> where() {
        return Optional.of(place);
    }

    @Override
    public void report(Code code, String message) {
        problems.add(Finding.at(place, code, message));
    }
}
