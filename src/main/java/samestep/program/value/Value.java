package samestep.program.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.program.value.Circumstances.Condition;

/**
 * What a program computes. What is known is a constant, a container, or something of the program's own; what a library
 * makes is the call that made it; what is not known says why.
 */
public sealed interface Value
        permits Value.Number,
                Value.Text,
                Value.Bool,
                Value.None,
                Value.Range,
                Value.Library,
                Value.Made,
                Value.Member,
                Value.Element,
                Value.Each,
                Value.Computed,
                Value.Guarded,
                Value.OneOf,
                Value.Unknown,
                Value.Super,
                Sequence,
                Mapping,
                Instance,
                ClassValue,
                FunctionValue,
                BoundMethod,
                Builtin,
                Partial,
                ModuleValue {

    /**
     * A number.
     *
     * @param value the nearest double
     * @param integer its exact value if it is an {@code int}
     * @param formula how it comes from the numbers that are written, in exact arithmetic; empty if it is not finite
     * @param isDerivedExactly whether the formula has one leaf for each place of the origin; false where a computation
     *     had no formula and only its result is kept
     */
    record Number(
            double value,
            Optional<BigInteger> integer,
            Optional<Expression> formula,
            boolean isDerivedExactly,
            Origin origin)
            implements Value {

        /** A whole number. */
        public static Number of(BigInteger value, Origin origin) {
            Expression formula = Expression.literal(new BigDecimal(value));
            return new Number(value.doubleValue(), Optional.of(value), Optional.of(formula), true, origin);
        }

        /** A small whole number. */
        public static Number of(long value, Origin origin) {
            return of(BigInteger.valueOf(value), origin);
        }

        /** A floating point number, exactly as it is written. */
        public static Number of(BigDecimal written, Origin origin) {
            return new Number(
                    written.doubleValue(), Optional.empty(), Optional.of(Expression.literal(written)), true, origin);
        }

        /** A floating point number that was computed. */
        public static Number computed(double value, Origin origin) {
            Optional<Expression> formula = Double.isFinite(value)
                    ? Optional.of(Expression.literal(new BigDecimal(Double.toString(value))))
                    : Optional.empty();
            return new Number(value, Optional.empty(), formula, false, origin);
        }

        /** Whether it is an {@code int}. */
        public boolean isInteger() {
            return integer.isPresent();
        }

        /** The place where it is written, if it is one literal and nothing was computed. */
        public Optional<Place> literal() {
            boolean isPlain = isDerivedExactly && formula.isPresent() && formula.get() instanceof Expression.Literal;
            return isPlain && origin.literals().size() == 1
                    ? Optional.of(origin.literals().get(0))
                    : Optional.empty();
        }

        /**
         * The number as it is written, or computed without rounding from what is written, to a hundred digits.
         *
         * @throws ArithmeticException for an infinity or what is not a number
         */
        public BigDecimal decimal() {
            return samestep.equation.run.Exact.value(
                    formula.orElseThrow(() -> new ArithmeticException("not a finite number")));
        }

        /** The whole number, if it is a small one. */
        public Optional<Integer> small() {
            return integer.filter(i -> i.bitLength() < Integer.SIZE).map(BigInteger::intValue);
        }

        /** As Python prints it. */
        public String text() {
            return Show.number(this);
        }
    }

    /** A string. */
    record Text(String value, Origin origin) implements Value {}

    /** True or false. */
    record Bool(boolean value, Origin origin) implements Value {}

    /** None. */
    record None(Origin origin) implements Value {}

    /** A range of whole numbers. */
    record Range(Number start, Number stop, Number step) implements Value {}

    /**
     * Something of a library, which is not read: a module, a class, a function.
     *
     * @param name its canonical name, such as {@code torch.optim.SGD}
     * @param others what it may be instead, where several modules are imported by a star
     */
    record Library(String name, List<String> others) implements Value {
        /** Something with a name that is certain. */
        public static Library of(String name) {
            return new Library(name, List.of());
        }

        /** Whether it is, or may be, the one of that name. */
        public boolean mayBe(String other) {
            return name.equals(other) || others.contains(other);
        }

        /** Something inside of it. */
        public Library member(String member) {
            return new Library(
                    name + "." + member,
                    others.stream().map(other -> other + "." + member).toList());
        }
    }

    /** What a call of a library gave. */
    record Made(RecordedCall call) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof Made made && call == made.call;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(call);
        }

        @Override
        public String toString() {
            return Show.value(this);
        }
    }

    /** An attribute of something that is not of the program. */
    record Member(Value owner, String name, Place place) implements Value {}

    /** An element of something that is not of the program. */
    record Element(Value owner, Value index, Place place) implements Value {}

    /** Any element of something whose elements are not known. */
    record Each(Value iterable, Place place) implements Value {}

    /**
     * An operation with something that is not of the program: {@code loss + wd * norm}.
     *
     * @param depth how deep such operations nest in it
     */
    record Computed(String operator, List<Value> operands, int depth, Place place) implements Value {
        /** Copies the operands. */
        public Computed {
            operands = List.copyOf(operands);
        }

        /** Without the operands, which may be shared many times over. */
        @Override
        public int hashCode() {
            return Objects.hash(operator, depth, place);
        }
    }

    /** What {@code super()} gives in a method of a class. */
    record Super(ClassValue type, Value receiver) implements Value {}

    /** An element that a list has only under conditions, or once for each turn of a loop. */
    record Guarded(Value value, Circumstances when) implements Value {}

    /** One of these; which one is decided by a condition that is not known. */
    record OneOf(List<Alternative> alternatives) implements Value {
        /** Copies the alternatives. */
        public OneOf {
            alternatives = List.copyOf(alternatives);
        }

        /** By where it is decided: alternatives may be shared many times over. */
        @Override
        public int hashCode() {
            return Objects.hash(alternatives.size(), decidedAt());
        }

        /** Where it is decided. */
        public Optional<Place> decidedAt() {
            return alternatives.get(0).conditions().stream()
                    .reduce((first, second) -> second)
                    .map(Condition::place);
        }
    }

    /** A value and what must hold for it. */
    record Alternative(Value value, List<Condition> conditions) {
        /** Copies the conditions. */
        public Alternative {
            conditions = conditions instanceof Premises ? conditions : List.copyOf(conditions);
        }
    }

    /** Not known. */
    record Unknown(String reason, Optional<Place> place) implements Value {
        @Override
        public String toString() {
            return reason + place.map(p -> " at " + p).orElse("");
        }
    }

    /** Whether what is done with it is recorded: it is of a library, or not known. */
    default boolean isSymbolic() {
        return this instanceof Unknown
                || this instanceof Library
                || this instanceof Made
                || this instanceof Member
                || this instanceof Element
                || this instanceof Each
                || this instanceof Computed;
    }

    /** Where a constant comes from; {@link Origin#NONE} for everything else. */
    default Origin born() {
        if (this instanceof Number number) {
            return number.origin();
        }
        if (this instanceof Text text) {
            return text.origin();
        }
        if (this instanceof Bool bool) {
            return bool.origin();
        }
        return this instanceof None none ? none.origin() : Origin.NONE;
    }

    /** The same constant with another origin; everything else itself. */
    default Value bornAt(Origin origin) {
        if (this instanceof Number n) {
            return new Number(n.value(), n.integer(), n.formula(), n.isDerivedExactly(), origin);
        }
        if (this instanceof Text text) {
            return new Text(text.value(), origin);
        }
        if (this instanceof Bool bool) {
            return new Bool(bool.value(), origin);
        }
        return this instanceof None ? new None(origin) : this;
    }
}
