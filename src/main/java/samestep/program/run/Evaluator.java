package samestep.program.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.library.Formatting;
import samestep.program.value.Arguments;
import samestep.program.value.Builtin;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.FunctionValue;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.syntax.python.tree.Argument;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Numerals;
import samestep.syntax.python.tree.Parameter;
import samestep.syntax.python.tree.Statement;
import samestep.syntax.python.tree.StringPiece;
import samestep.syntax.python.tree.Strings;
import samestep.text.Span;

/** Evaluates expressions. */
final class Evaluator {
    private final Machine machine;
    private final Comprehensions comprehensions;
    private final Formatting formatting;

    Evaluator(Machine machine) {
        this.machine = machine;
        this.comprehensions = new Comprehensions(machine, this);
        this.formatting = new Formatting(machine);
    }

    private Place place(Expression e) {
        return machine.frame.place(e.span());
    }

    Value eval(Expression e) {
        machine.step();
        if (e instanceof Expression.Name name) {
            return name(name.id(), place(e));
        }
        if (e instanceof Expression.Constant constant) {
            return constant(constant);
        }
        if (e instanceof Expression.Numeral numeral) {
            return number(numeral);
        }
        if (e instanceof Expression.Text text) {
            return text(text);
        }
        if (e instanceof Expression.Attribute attribute) {
            Value owner = eval(attribute.value());
            return machine.current.narrowed(machine.attribute(owner, attribute.name(), place(e)));
        }
        if (e instanceof Expression.Call call) {
            return call(call);
        }
        if (e instanceof Expression.Subscript subscript) {
            Value owner = eval(subscript.value());
            return machine.builtins.item(owner, eval(subscript.index()), place(e));
        }
        if (e instanceof Expression.Binary binary) {
            return machine.arithmetic.binary(binary.operator(), eval(binary.left()), eval(binary.right()), place(e));
        }
        if (e instanceof Expression.Unary unary) {
            return machine.arithmetic.unary(unary.operator(), eval(unary.operand()), place(e));
        }
        if (e instanceof Expression.Logical logical) {
            return logical(logical, 0);
        }
        return more(e);
    }

    private Value more(Expression e) {
        if (e instanceof Expression.Comparison comparison) {
            return comparison(comparison);
        }
        if (e instanceof Expression.Conditional conditional) {
            return conditional(conditional);
        }
        if (e instanceof Expression.ListDisplay list) {
            return sequence(Sequence.Kind.LIST, list.elements(), e);
        }
        if (e instanceof Expression.Tuple tuple) {
            return sequence(Sequence.Kind.TUPLE, tuple.elements(), e);
        }
        if (e instanceof Expression.SetDisplay set) {
            return machine.builtins.set(sequence(Sequence.Kind.LIST, set.elements(), e), place(e));
        }
        if (e instanceof Expression.DictDisplay dict) {
            return dict(dict);
        }
        if (e instanceof Expression.Lambda lambda) {
            return lambda(lambda);
        }
        if (e instanceof Expression.Comprehension comprehension) {
            return comprehensions.eval(comprehension);
        }
        if (e instanceof Expression.Slice slice) {
            return machine.arithmetic.computed(
                    "slice", List.of(bound(slice.lower()), bound(slice.upper()), bound(slice.step())), place(e));
        }
        if (e instanceof Expression.Assignment assignment) {
            Value value = eval(assignment.value());
            machine.executor.assign(assignment.target(), value);
            return value;
        }
        if (e instanceof Expression.Await await) {
            return eval(await.operand());
        }
        if (e instanceof Expression.Yield yield) {
            return yielded(yield);
        }
        if (e instanceof Expression.Starred starred) {
            return eval(starred.value());
        }
        return machine.unknown("an expression that is not understood", place(e));
    }

    private Value bound(Optional<Expression> bound) {
        return bound.map(this::eval).orElse(new Value.None(Origin.NONE));
    }

    private Value name(String id, Place place) {
        Optional<Value> found = machine.frame.scope.find(id);
        if (found.isPresent()) {
            return machine.current.narrowed(found.get());
        }
        if (id.equals("super")) {
            return new Builtin("super", Optional.empty());
        }
        Optional<Value> builtin = machine.builtins.named(id);
        if (builtin.isPresent()) {
            return builtin.get();
        }
        List<String> stars = machine.frame.stars;
        if (!stars.isEmpty()) {
            List<String> names = stars.stream().map(module -> module + "." + id).toList();
            return new Value.Library(names.get(names.size() - 1), names.subList(0, names.size() - 1));
        }
        return machine.unknown("the name " + id + ", which is not bound", place);
    }

    private Value constant(Expression.Constant constant) {
        Origin origin = Origin.written(place(constant));
        return switch (constant.kind()) {
            case TRUE -> new Value.Bool(true, origin);
            case FALSE -> new Value.Bool(false, origin);
            case NONE -> new Value.None(origin);
            case ELLIPSIS -> new Builtin("Ellipsis", Optional.empty());
        };
    }

    private Value number(Expression.Numeral numeral) {
        Optional<BigDecimal> value = Numerals.decimal(numeral.text());
        if (value.isEmpty()) {
            return machine.unknown("a number that is imaginary, or too long", place(numeral));
        }
        Origin origin = Origin.written(place(numeral));
        return Numerals.isInteger(numeral.text())
                ? Value.Number.of(value.get().toBigInteger(), origin)
                : Value.Number.of(value.get(), origin);
    }

    private Value text(Expression.Text text) {
        Optional<String> plain = Strings.value(machine.frame.source, text);
        if (plain.isPresent()) {
            return new Value.Text(plain.get(), Origin.written(place(text)));
        }
        StringBuilder out = new StringBuilder();
        Origin origin = Origin.written(place(text));
        for (StringPiece piece : text.pieces()) {
            int at = piece.body().start();
            for (StringPiece.Field field : piece.fields()) {
                out.append(Strings.literal(
                        machine.frame.source, piece, new Span(at, field.span().start())));
                at = field.span().end();
                Value value = eval(field.value());
                Optional<String> part = field(field, value);
                if (part.isEmpty()) {
                    return machine.arithmetic.computed("format", List.of(value), place(text));
                }
                out.append(part.get());
                origin = origin.and(value.born());
            }
            out.append(Strings.literal(
                    machine.frame.source, piece, new Span(at, piece.body().end())));
        }
        return new Value.Text(out.toString(), origin);
    }

    private Optional<String> field(StringPiece.Field field, Value value) {
        if (field.debug() || !field.nested().isEmpty() || field.conversion().equals("a")) {
            return Optional.empty();
        }
        if (field.conversion().equals("r")) {
            return formatting.text(value).map(t -> samestep.program.value.Show.value(value));
        }
        String format = field.format().map(machine.frame.source::slice).orElse("");
        return formatting.formatted(value, format);
    }

    private Value call(Expression.Call call) {
        Place place = place(call);
        boolean isSuper = call.function() instanceof Expression.Name name
                && name.id().equals("super")
                && machine.frame.scope.find("super").isEmpty();
        if (isSuper) {
            return superOf(call, place);
        }
        Value callee = eval(call.function());
        return machine.call(callee, arguments(call.arguments()), place);
    }

    private Value superOf(Expression.Call call, Place place) {
        Frame frame = machine.frame;
        // A comprehension or a lambda in a method has the method's own.
        if (frame.type.isEmpty() || frame.self.isEmpty()) {
            return machine.unknown("super() outside of a method", place);
        }
        if (!call.arguments().isEmpty()
                && eval(call.arguments().get(0).value()) instanceof samestep.program.value.ClassValue type) {
            return new Value.Super(type, frame.self.get());
        }
        return new Value.Super(frame.type.get(), frame.self.get());
    }

    Arguments arguments(List<Argument> given) {
        List<RecordedCall.Argument> positional = new ArrayList<>();
        Map<String, RecordedCall.Argument> keywords = new LinkedHashMap<>();
        Optional<Value> open = Optional.empty();
        for (Argument argument : given) {
            Value value = eval(argument.value());
            Place place = place(argument.value());
            switch (argument.kind()) {
                case POSITIONAL -> positional.add(new RecordedCall.Argument(value, place));
                case KEYWORD -> keywords.put(argument.name(), new RecordedCall.Argument(value, place));
                case STAR -> {
                    Optional<List<Value>> elements = machine.elements(value);
                    if (elements.isPresent()) {
                        elements.get().forEach(v -> positional.add(new RecordedCall.Argument(v, place)));
                    } else {
                        open = Optional.of(value);
                    }
                }
                case DOUBLE_STAR -> {
                    if (value instanceof Mapping mapping) {
                        entries(mapping, place, keywords);
                        open = mapping.rest().isPresent() ? mapping.rest() : open;
                    } else if (!alternatives(value, place, keywords)) {
                        open = Optional.of(value);
                    }
                }
            }
        }
        return new Arguments(positional, keywords, open);
    }

    private static void entries(Mapping mapping, Place place, Map<String, RecordedCall.Argument> keywords) {
        mapping.entries().forEach(entry -> {
            if (entry.key() instanceof Value.Text key) {
                keywords.put(key.value(), new RecordedCall.Argument(entry.value(), place));
            }
        });
    }

    /** One of several dicts, {@code **extra}: what one of them does not have is not given then. */
    private boolean alternatives(Value value, Place place, Map<String, RecordedCall.Argument> keywords) {
        if (!(value instanceof Value.OneOf oneOf)
                || !oneOf.alternatives().stream()
                        .allMatch(
                                a -> a.value() instanceof Mapping m && m.rest().isEmpty())) {
            return false;
        }
        List<Map<String, RecordedCall.Argument>> all = new ArrayList<>();
        for (Value.Alternative alternative : oneOf.alternatives()) {
            Map<String, RecordedCall.Argument> own = new LinkedHashMap<>();
            entries((Mapping) alternative.value(), place, own);
            all.add(own);
        }
        java.util.Set<String> names = new java.util.LinkedHashSet<>();
        all.forEach(own -> names.addAll(own.keySet()));
        for (String name : names) {
            List<Value.Alternative> values = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                RecordedCall.Argument argument = all.get(i).get(name);
                Value given = argument == null
                        ? machine.unknown(name + ", which is not given in one case", place)
                        : argument.value();
                values.add(
                        new Value.Alternative(given, oneOf.alternatives().get(i).conditions()));
            }
            keywords.put(name, new RecordedCall.Argument(samestep.program.value.Mutable.oneOf(values), place));
        }
        return true;
    }

    private Value logical(Expression.Logical logical, int index) {
        Value value = eval(logical.operands().get(index));
        if (index == logical.operands().size() - 1) {
            return value;
        }
        Optional<Boolean> truth = machine.truth(value);
        if (truth.isPresent()) {
            return truth.get() == logical.isAnd() ? logical(logical, index + 1) : value;
        }
        Condition condition = new Condition(place(logical.operands().get(index)), value, logical.isAnd());
        Value rest = machine.either(condition, () -> logical(logical, index + 1), () -> value);
        // A condition is more telling as a whole than as one of two values.
        return rest instanceof Value.OneOf oneOf
                        && oneOf.alternatives().stream().allMatch(a -> isTest(a.value()))
                ? machine.arithmetic.computed(
                        logical.isAnd() ? "and" : "or",
                        oneOf.alternatives().stream()
                                .map(Value.Alternative::value)
                                .toList(),
                        place(logical))
                : rest;
    }

    private static boolean isTest(Value value) {
        return value instanceof Value.Bool || value.isSymbolic();
    }

    private Value comparison(Expression.Comparison comparison) {
        Value left = eval(comparison.first());
        Value result = new Value.Bool(true, Origin.NONE);
        for (int i = 0; i < comparison.others().size(); i++) {
            Value right = eval(comparison.others().get(i));
            Value one = machine.comparing.compare(comparison.operators().get(i), left, right, place(comparison));
            Optional<Boolean> truth = machine.truth(one);
            if (truth.isPresent() && !truth.get()) {
                return one;
            }
            result = machine.truth(result).isEmpty()
                    ? machine.arithmetic.computed("and", List.of(result, one), place(comparison))
                    : one;
            left = right;
        }
        return result;
    }

    private Value conditional(Expression.Conditional conditional) {
        Value test = eval(conditional.test());
        Optional<Boolean> truth = machine.truth(test);
        if (truth.isPresent()) {
            return eval(truth.get() ? conditional.then() : conditional.otherwise());
        }
        Condition condition = new Condition(place(conditional.test()), test, true);
        return machine.either(condition, () -> eval(conditional.then()), () -> eval(conditional.otherwise()));
    }

    private Sequence sequence(Sequence.Kind kind, List<Expression> elements, Expression whole) {
        List<Value> values = new ArrayList<>();
        Optional<Value> rest = Optional.empty();
        for (Expression element : elements) {
            if (element instanceof Expression.Starred starred) {
                Value value = eval(starred.value());
                Optional<List<Value>> known = machine.iterating.elementsOrGuarded(value);
                if (known.isPresent()) {
                    values.addAll(known.get());
                } else {
                    rest = Optional.of(value);
                }
            } else {
                values.add(eval(element));
            }
        }
        return new Sequence(kind, values, rest, Optional.of(place(whole)));
    }

    private Value dict(Expression.DictDisplay dict) {
        Mapping mapping = new Mapping(Mapping.DICT, Optional.of(place(dict)));
        for (Expression.Entry entry : dict.entries()) {
            Value value = eval(entry.value());
            if (entry.key().isPresent()) {
                mapping.put(eval(entry.key().get()), value);
            } else if (value instanceof Mapping more) {
                more.rest().ifPresent(mapping::override);
                more.entries().forEach(e -> mapping.put(e.key(), e.value()));
            } else {
                mapping.override(machine.unknown("an entry that may be replaced by what is not known", place(dict)));
            }
        }
        return mapping;
    }

    private Value lambda(Expression.Lambda lambda) {
        Statement.Return body =
                new Statement.Return(Optional.of(lambda.body()), lambda.body().span());
        return new FunctionValue(
                "<lambda>",
                lambda.parameters(),
                defaults(lambda.parameters()),
                List.of(body),
                machine.frame.scope,
                machine.frame.source,
                place(lambda),
                Optional.empty(),
                FunctionValue.Kind.PLAIN);
    }

    /** The defaults of parameters, evaluated here and now. */
    Map<String, Value> defaults(List<Parameter> parameters) {
        Map<String, Value> defaults = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            parameter.defaultValue().ifPresent(value -> defaults.put(parameter.name(), eval(value)));
        }
        return defaults;
    }

    private Value yielded(Expression.Yield yield) {
        Value value = yield.operand().map(this::eval).orElse(new Value.None(Origin.NONE));
        if (yield.isFrom()) {
            machine.elements(value)
                    .ifPresentOrElse(
                            machine.frame.yields::addAll,
                            () -> machine.frame.yields.add(
                                    new Value.Guarded(new Value.Each(value, place(yield)), machine.current)));
        } else {
            boolean isSure = machine.current.conditions().size() <= conditionsOfFrame();
            machine.frame.yields.add(isSure ? value : new Value.Guarded(value, machine.current));
        }
        return machine.unknown("what is sent to a generator", place(yield));
    }

    private int conditionsOfFrame() {
        return machine.frame.conditionsBefore;
    }
}
