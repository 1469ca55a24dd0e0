package samestep.syntax.python.tree;

import java.util.List;
import java.util.Optional;
import samestep.text.Span;

/** An expression and where it is. Parentheses around one belong to it only where they make a tuple or a generator. */
public sealed interface Expression {

    /** Where it is, as CPython's {@code ast} has it. */
    Span span();

    /** A name. */
    record Name(String id, Span span) implements Expression {}

    /** A number; {@link Numerals} reads it. */
    record Numeral(String text, Span span) implements Expression {}

    /** Strings beside each other, which are one. */
    record Text(List<StringPiece> pieces, Span span) implements Expression {
        /** Copies the pieces. */
        public Text {
            pieces = List.copyOf(pieces);
        }

        /** Whether it is of bytes. */
        public boolean isBytes() {
            return pieces.get(0).isBytes();
        }

        /** Whether any piece has fields to fill in. */
        public boolean isFormatted() {
            return pieces.stream().anyMatch(StringPiece::isFormatted);
        }
    }

    /** A constant that has a name. */
    record Constant(ConstantKind kind, Span span) implements Expression {}

    /** Which constant. */
    enum ConstantKind {
        /** True. */
        TRUE,
        /** False. */
        FALSE,
        /** None. */
        NONE,
        /** Three dots. */
        ELLIPSIS
    }

    /** An attribute: {@code value.name}. */
    record Attribute(Expression value, String name, Span nameSpan, Span span) implements Expression {}

    /** A subscript: {@code value[index]}; several indices are a {@link Tuple}. */
    record Subscript(Expression value, Expression index, Span span) implements Expression {}

    /** A slice inside of a subscript. */
    record Slice(Optional<Expression> lower, Optional<Expression> upper, Optional<Expression> step, Span span)
            implements Expression {}

    /** A call. */
    record Call(Expression function, List<Argument> arguments, Span span) implements Expression {
        /** Copies the arguments. */
        public Call {
            arguments = List.copyOf(arguments);
        }

        /** The value of a keyword argument. */
        public Optional<Expression> keyword(String name) {
            return arguments.stream()
                    .filter(a -> a.kind() == Argument.Kind.KEYWORD && a.name().equals(name))
                    .map(Argument::value)
                    .findFirst();
        }
    }

    /** An operator with one operand. */
    record Unary(String operator, Expression operand, Span span) implements Expression {}

    /** An arithmetic or bitwise operator. */
    record Binary(Expression left, String operator, Span operatorSpan, Expression right, Span span)
            implements Expression {}

    /** {@code and} or {@code or} of two or more. */
    record Logical(boolean isAnd, List<Expression> operands, Span span) implements Expression {
        /** Copies the operands. */
        public Logical {
            operands = List.copyOf(operands);
        }
    }

    /**
     * A chain of comparisons.
     *
     * @param operators {@code ==}, {@code not in} and so on, one before each operand but the first
     */
    record Comparison(Expression first, List<String> operators, List<Expression> others, Span span)
            implements Expression {
        /** Copies the lists. */
        public Comparison {
            operators = List.copyOf(operators);
            others = List.copyOf(others);
        }
    }

    /** {@code then if test else otherwise}. */
    record Conditional(Expression then, Expression test, Expression otherwise, Span span) implements Expression {}

    /** A function without a name. */
    record Lambda(List<Parameter> parameters, Expression body, Span span) implements Expression {
        /** Copies the parameters. */
        public Lambda {
            parameters = List.copyOf(parameters);
        }
    }

    /** A tuple, with its parentheses if it has any. */
    record Tuple(List<Expression> elements, Span span) implements Expression {
        /** Copies the elements. */
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /** A list. */
    record ListDisplay(List<Expression> elements, Span span) implements Expression {
        /** Copies the elements. */
        public ListDisplay {
            elements = List.copyOf(elements);
        }
    }

    /** A set. */
    record SetDisplay(List<Expression> elements, Span span) implements Expression {
        /** Copies the elements. */
        public SetDisplay {
            elements = List.copyOf(elements);
        }
    }

    /** A dict. */
    record DictDisplay(List<Entry> entries, Span span) implements Expression {
        /** Copies the entries. */
        public DictDisplay {
            entries = List.copyOf(entries);
        }
    }

    /** An entry of a dict; without a key it is {@code **value}. */
    record Entry(Optional<Expression> key, Expression value) {}

    /** A comprehension. */
    record Comprehension(ComprehensionKind kind, Entry element, List<Clause> clauses, Span span) implements Expression {
        /** Copies the clauses. */
        public Comprehension {
            clauses = List.copyOf(clauses);
        }
    }

    /** What a comprehension makes. */
    enum ComprehensionKind {
        /** A list. */
        LIST,
        /** A set. */
        SET,
        /** A dict; its element has a key. */
        DICT,
        /** A generator. */
        GENERATOR
    }

    /** {@code for target in iterable if ...}. */
    record Clause(boolean isAsync, Expression target, Expression iterable, List<Expression> conditions) {
        /** Copies the conditions. */
        public Clause {
            conditions = List.copyOf(conditions);
        }
    }

    /** {@code await}. */
    record Await(Expression operand, Span span) implements Expression {}

    /** {@code yield}, or {@code yield from}. */
    record Yield(boolean isFrom, Optional<Expression> operand, Span span) implements Expression {}

    /** {@code *value}. */
    record Starred(Expression value, Span span) implements Expression {}

    /** {@code name := value}. */
    record Assignment(Name target, Expression value, Span span) implements Expression {}

    /** What was not understood. */
    record Opaque(String reason, Span span) implements Expression {}
}
