package samestep.program.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.library.Options;
import samestep.program.value.Arguments;
import samestep.program.value.ClassValue;
import samestep.program.value.FunctionValue;
import samestep.program.value.Scope;
import samestep.program.value.Value;
import samestep.syntax.python.tree.Argument;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;
import samestep.text.Span;

/** Defines functions and classes. A decorator that is not known leaves what it decorates. */
final class Definitions {
    private final Machine machine;

    Definitions(Machine machine) {
        this.machine = machine;
    }

    void function(Statement.Function definition) {
        Frame frame = machine.frame;
        Optional<Value> written = written(definition.span(), definition.decorators());
        if (written.isPresent()) {
            bind(definition.name(), written.get());
            return;
        }
        // A function does not see the names of the class in whose body it is.
        Scope closure = frame.isClassBody ? frame.scope.parent().orElse(frame.scope) : frame.scope;
        FunctionValue function = new FunctionValue(
                definition.name(),
                definition.parameters(),
                machine.evaluator.defaults(definition.parameters()),
                definition.body(),
                closure,
                frame.source,
                frame.place(definition.nameSpan()),
                frame.isClassBody ? Optional.of(frame.className) : Optional.empty(),
                FunctionValue.Kind.PLAIN);
        Value value = function;
        for (int i = definition.decorators().size() - 1; i >= 0; i--) {
            Expression decorator = definition.decorators().get(i);
            if (isSetter(decorator, definition.name())) {
                bind(definition.name() + ".setter", value);
                return;
            }
            value = decorated(decorator, value);
        }
        bind(definition.name(), value);
    }

    private static boolean isSetter(Expression decorator, String name) {
        return decorator instanceof Expression.Attribute attribute
                && attribute.name().equals("setter")
                && attribute.value() instanceof Expression.Name owner
                && owner.id().equals(name);
    }

    private void bind(String name, Value value) {
        Scope scope = machine.frame.scope.target(name);
        machine.touch(scope);
        scope.bind(name, value);
    }

    private Value decorated(Expression expression, Value value) {
        Value decorator = machine.evaluator.eval(expression);
        Place place = machine.frame.place(expression.span());
        if (value instanceof FunctionValue function) {
            Optional<Value> known = known(decorator, function);
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (decorator instanceof FunctionValue || decorator instanceof samestep.program.value.BoundMethod) {
            Value result = machine.call(decorator, Arguments.of(place, value), place);
            boolean isUsable = result instanceof FunctionValue
                    || result instanceof ClassValue
                    || result instanceof samestep.program.value.Partial;
            return isUsable ? result : value;
        }
        if (decorator.isSymbolic()) {
            machine.record(decorator, Arguments.of(place, value), place);
        }
        return value;
    }

    private Optional<Value> known(Value decorator, FunctionValue function) {
        if (decorator instanceof samestep.program.value.Builtin builtin) {
            return switch (builtin.name()) {
                case "staticmethod" -> Optional.of(function.as(FunctionValue.Kind.STATIC));
                case "classmethod" -> Optional.of(function.as(FunctionValue.Kind.CLASS));
                case "property" -> Optional.of(function.as(FunctionValue.Kind.PROPERTY));
                default -> Optional.empty();
            };
        }
        if (decorator instanceof Value.Library library) {
            return switch (library.name()) {
                case "functools.cached_property", "torch.jit.unused.property" ->
                    Optional.of(function.as(FunctionValue.Kind.PROPERTY));
                case "abc.abstractmethod", "functools.lru_cache", "functools.cache", "typing.overload" ->
                    Optional.of(function);
                default -> Optional.empty();
            };
        }
        Map<String, Value> options = Options.click(decorator);
        return options.isEmpty() ? Optional.empty() : Optional.of(function.with(options));
    }

    /** What the world knows a definition at the top of a file to be, by its text with its decorators. */
    private Optional<Value> written(Span span, List<Expression> decorators) {
        Frame frame = machine.frame;
        boolean isAtTop = frame.scope == frame.scope.module() && !frame.isClassBody;
        if (!isAtTop) {
            return Optional.empty();
        }
        String file = frame.source.text();
        int at = decorators.isEmpty()
                ? -1
                : file.lastIndexOf('@', decorators.get(0).span().start());
        String text = file.substring(at < 0 ? span.start() : at, span.end()).replace("\r\n", "\n");
        return machine.world.definition(text.strip(), frame.scope::find);
    }

    void type(Statement.ClassDefinition definition) {
        Frame outer = machine.frame;
        Optional<Value> written = written(definition.span(), definition.decorators());
        if (written.isPresent()) {
            bind(definition.name(), written.get());
            return;
        }
        List<Value> bases = new ArrayList<>();
        for (Argument base : definition.bases()) {
            if (base.kind() == Argument.Kind.POSITIONAL) {
                bases.add(machine.evaluator.eval(base.value()));
            }
        }
        boolean isDataclass = isNamedTuple(bases);
        List<Value> decorators = new ArrayList<>();
        for (Expression decorator : definition.decorators()) {
            Value value = machine.evaluator.eval(decorator);
            isDataclass |= isDataclass(value);
            decorators.add(value);
        }
        Scope body = new Scope(
                outer.isClassBody ? outer.scope.parent().orElse(outer.scope) : outer.scope, Set.of(), Set.of());
        Frame frame = new Frame(body, outer.source, outer.path, outer.stars, Optional.of(outer));
        frame.isClassBody = true;
        frame.className = definition.name();
        frame.conditionsBefore = machine.current.conditions().size();
        machine.frame = frame;
        try {
            machine.executor.block(definition.body());
        } finally {
            machine.frame = outer;
        }
        Place place = outer.place(definition.nameSpan());
        ClassValue type = new ClassValue(definition.name(), bases, body, fields(definition), isDataclass, place);
        for (int i = 0; i < decorators.size(); i++) {
            if (decorators.get(i).isSymbolic() && !isDataclass(decorators.get(i))) {
                Place at = outer.place(definition.decorators().get(i).span());
                machine.record(decorators.get(i), Arguments.of(at, type), at);
            }
        }
        bind(definition.name(), type);
    }

    private static List<String> fields(Statement.ClassDefinition definition) {
        List<String> fields = new ArrayList<>();
        for (Statement statement : definition.body()) {
            if (statement instanceof Statement.Annotate annotate && annotate.target() instanceof Expression.Name name) {
                fields.add(name.id());
            }
        }
        return fields;
    }

    private static boolean isNamedTuple(List<Value> bases) {
        return bases.stream()
                .anyMatch(b -> b instanceof Value.Library l
                        && (l.name().equals("typing.NamedTuple") || l.name().equals("pydantic.BaseModel")));
    }

    /** The decorators that make a constructor of the fields. */
    private static boolean isDataclass(Value decorator) {
        Value called = decorator instanceof Value.Made made ? made.call().callee() : decorator;
        return called instanceof Value.Library library
                && (library.name().endsWith(".dataclass")
                        || library.name().equals("attr.s")
                        || library.name().equals("attrs.define")
                        || library.name().equals("flax.struct.dataclass"));
    }
}
