package samestep.program.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Parameter;
import samestep.syntax.python.tree.Statement;
import samestep.text.SourceText;

/**
 * A function of the program, or a lambda.
 *
 * @param name its name; {@code <lambda>} without one
 * @param parameters its parameters
 * @param defaults the values of their defaults, by name
 * @param body its statements; of a lambda, one return
 * @param closure the scope around it
 * @param source the file
 * @param place its definition
 * @param owner the class in whose body it was defined
 * @param wraps how it is reached from an instance
 */
public record FunctionValue(
        String name,
        List<Parameter> parameters,
        Map<String, Value> defaults,
        List<Statement> body,
        Scope closure,
        SourceText source,
        Place place,
        Optional<String> owner,
        Kind wraps)
        implements Value {

    /** How a function is reached. */
    public enum Kind {
        /** As a function, or as a method with its instance. */
        PLAIN,
        /** Without its instance. */
        STATIC,
        /** With the class. */
        CLASS,
        /** By reading an attribute. */
        PROPERTY
    }

    /** Copies the lists. */
    public FunctionValue {
        parameters = List.copyOf(parameters);
        defaults = new LinkedHashMap<>(defaults);
        body = List.copyOf(body);
    }

    /** The same, reached in another way. */
    public FunctionValue as(Kind kind) {
        return new FunctionValue(name, parameters, defaults, body, closure, source, place, owner, kind);
    }

    /** The same, with further defaults. */
    public FunctionValue with(Map<String, Value> more) {
        Map<String, Value> all = new LinkedHashMap<>(defaults);
        all.putAll(more);
        return new FunctionValue(name, parameters, all, body, closure, source, place, owner, wraps);
    }

    /** The same, in the body of a class. */
    public FunctionValue in(String type) {
        return new FunctionValue(name, parameters, defaults, body, closure, source, place, Optional.of(type), wraps);
    }

    /** The expression of a lambda, or of a function that is one return. */
    public Optional<Expression> result() {
        return body.size() == 1 && body.get(0) instanceof Statement.Return returned
                ? returned.value()
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "function " + name;
    }
}
