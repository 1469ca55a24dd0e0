package samestep.syntax.python.tree;

import java.util.List;
import java.util.Optional;
import samestep.text.Span;

/** A statement and where it is: from its first word, after decorators, to its last token, without the line end. */
public sealed interface Statement {

    /** Where it is, as CPython's {@code ast} has it. */
    Span span();

    /** An expression by itself. */
    record Evaluation(Expression value, Span span) implements Statement {}

    /** {@code target = ... = value}. */
    record Assign(List<Expression> targets, Expression value, Span span) implements Statement {
        /** Copies the targets. */
        public Assign {
            targets = List.copyOf(targets);
        }
    }

    /** {@code target += value}; the operator is without its equals sign. */
    record Augment(Expression target, String operator, Expression value, Span span) implements Statement {}

    /** {@code target: annotation = value}. */
    record Annotate(Expression target, Expression annotation, Optional<Expression> value, Span span)
            implements Statement {}

    /** A function. */
    record Function(
            String name,
            Span nameSpan,
            List<TypeParameter> typeParameters,
            List<Parameter> parameters,
            Optional<Expression> returns,
            List<Expression> decorators,
            List<Statement> body,
            boolean isAsync,
            Span span)
            implements Statement {
        /** Copies the lists. */
        public Function {
            typeParameters = List.copyOf(typeParameters);
            parameters = List.copyOf(parameters);
            decorators = List.copyOf(decorators);
            body = List.copyOf(body);
        }
    }

    /** A class. */
    record ClassDefinition(
            String name,
            Span nameSpan,
            List<TypeParameter> typeParameters,
            List<Argument> bases,
            List<Expression> decorators,
            List<Statement> body,
            Span span)
            implements Statement {
        /** Copies the lists. */
        public ClassDefinition {
            typeParameters = List.copyOf(typeParameters);
            bases = List.copyOf(bases);
            decorators = List.copyOf(decorators);
            body = List.copyOf(body);
        }
    }

    /** A parameter in brackets after a name, with its bound and its default. */
    record TypeParameter(String name, Optional<Expression> bound, Optional<Expression> defaultValue, Span span) {}

    /** {@code type name = value}. */
    record TypeAlias(Expression.Name name, List<TypeParameter> typeParameters, Expression value, Span span)
            implements Statement {
        /** Copies the parameters. */
        public TypeAlias {
            typeParameters = List.copyOf(typeParameters);
        }
    }

    /** {@code return}. */
    record Return(Optional<Expression> value, Span span) implements Statement {}

    /** {@code del}. */
    record Delete(List<Expression> targets, Span span) implements Statement {
        /** Copies the targets. */
        public Delete {
            targets = List.copyOf(targets);
        }
    }

    /** {@code if}; an {@code elif} is an if in {@code otherwise}. */
    record If(Expression test, List<Statement> body, List<Statement> otherwise, Span span) implements Statement {
        /** Copies the blocks. */
        public If {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code for}. */
    record For(
            boolean isAsync,
            Expression target,
            Expression iterable,
            List<Statement> body,
            List<Statement> otherwise,
            Span span)
            implements Statement {
        /** Copies the blocks. */
        public For {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code while}. */
    record While(Expression test, List<Statement> body, List<Statement> otherwise, Span span) implements Statement {
        /** Copies the blocks. */
        public While {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code with}. */
    record With(boolean isAsync, List<WithItem> items, List<Statement> body, Span span) implements Statement {
        /** Copies the lists. */
        public With {
            items = List.copyOf(items);
            body = List.copyOf(body);
        }
    }

    /** One context of a {@code with}. */
    record WithItem(Expression context, Optional<Expression> target) {}

    /** {@code try}. */
    record Try(List<Statement> body, List<Handler> handlers, List<Statement> otherwise, List<Statement> last, Span span)
            implements Statement {
        /** Copies the lists. */
        public Try {
            body = List.copyOf(body);
            handlers = List.copyOf(handlers);
            otherwise = List.copyOf(otherwise);
            last = List.copyOf(last);
        }
    }

    /** {@code except type as name}; the name may be empty. */
    record Handler(Optional<Expression> type, String name, List<Statement> body, Span span) {
        /** Copies the block. */
        public Handler {
            body = List.copyOf(body);
        }
    }

    /** {@code raise value from cause}. */
    record Raise(Optional<Expression> value, Optional<Expression> cause, Span span) implements Statement {}

    /** {@code assert}. */
    record Assert(Expression test, Optional<Expression> message, Span span) implements Statement {}

    /** {@code import a.b as c}. */
    record Import(List<Alias> names, Span span) implements Statement {
        /** Copies the names. */
        public Import {
            names = List.copyOf(names);
        }
    }

    /**
     * {@code from ..module import a as b}.
     *
     * @param level how many dots are before the module
     * @param module may be empty
     * @param names a single star where everything is imported
     */
    record ImportFrom(int level, String module, List<Alias> names, Span span) implements Statement {
        /** Copies the names. */
        public ImportFrom {
            names = List.copyOf(names);
        }
    }

    /** An imported name; {@code as} is empty without another name. */
    record Alias(String name, String as, Span span) {
        /** The name that is bound: the first part of a module's without another name. */
        public String bound() {
            return as.isEmpty() ? name.split("\\.", 2)[0] : as;
        }
    }

    /** {@code global} or {@code nonlocal}. */
    record Scope(boolean isGlobal, List<String> names, Span span) implements Statement {
        /** Copies the names. */
        public Scope {
            names = List.copyOf(names);
        }
    }

    /** {@code pass}. */
    record Pass(Span span) implements Statement {}

    /** {@code break}. */
    record Break(Span span) implements Statement {}

    /** {@code continue}. */
    record Continue(Span span) implements Statement {}

    /** {@code match}. */
    record Match(Expression subject, List<Case> cases, Span span) implements Statement {
        /** Copies the cases. */
        public Match {
            cases = List.copyOf(cases);
        }
    }

    /** {@code case pattern if guard}. */
    record Case(Pattern pattern, Optional<Expression> guard, List<Statement> body) {
        /** Copies the block. */
        public Case {
            body = List.copyOf(body);
        }
    }

    /**
     * What was not understood.
     *
     * @param reason in words
     * @param body the statements of the block that it heads, as far as there is one
     */
    record Opaque(String reason, List<Statement> body, Span span) implements Statement {
        /** Copies the block. */
        public Opaque {
            body = List.copyOf(body);
        }
    }
}
