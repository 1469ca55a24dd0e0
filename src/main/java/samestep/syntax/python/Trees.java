package samestep.syntax.python;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import samestep.syntax.python.tree.Argument;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Parameter;
import samestep.syntax.python.tree.Pattern;
import samestep.syntax.python.tree.Statement;
import samestep.syntax.python.tree.StringPiece;

/** Walks trees. */
public final class Trees {
    private Trees() {}

    /** The expressions directly inside of one, in the order of the text as far as Python keeps it. */
    public static List<Expression> children(Expression expression) {
        List<Expression> out = new ArrayList<>();
        collect(expression, out);
        return out;
    }

    private static void collect(Expression e, List<Expression> out) {
        if (e instanceof Expression.Text text) {
            text.pieces().forEach(piece -> fields(piece.fields(), out));
        } else if (e instanceof Expression.Attribute attribute) {
            out.add(attribute.value());
        } else if (e instanceof Expression.Subscript subscript) {
            out.add(subscript.value());
            out.add(subscript.index());
        } else if (e instanceof Expression.Slice slice) {
            slice.lower().ifPresent(out::add);
            slice.upper().ifPresent(out::add);
            slice.step().ifPresent(out::add);
        } else if (e instanceof Expression.Call call) {
            out.add(call.function());
            arguments(call.arguments(), out);
        } else if (e instanceof Expression.Unary unary) {
            out.add(unary.operand());
        } else if (e instanceof Expression.Binary binary) {
            out.add(binary.left());
            out.add(binary.right());
        } else if (e instanceof Expression.Logical logical) {
            out.addAll(logical.operands());
        } else if (e instanceof Expression.Comparison comparison) {
            out.add(comparison.first());
            out.addAll(comparison.others());
        } else if (e instanceof Expression.Conditional conditional) {
            out.add(conditional.then());
            out.add(conditional.test());
            out.add(conditional.otherwise());
        } else {
            collectRest(e, out);
        }
    }

    private static void collectRest(Expression e, List<Expression> out) {
        if (e instanceof Expression.Lambda lambda) {
            parameters(lambda.parameters(), out);
            out.add(lambda.body());
        } else if (e instanceof Expression.Tuple tuple) {
            out.addAll(tuple.elements());
        } else if (e instanceof Expression.ListDisplay list) {
            out.addAll(list.elements());
        } else if (e instanceof Expression.SetDisplay set) {
            out.addAll(set.elements());
        } else if (e instanceof Expression.DictDisplay dict) {
            dict.entries().forEach(entry -> entry(entry, out));
        } else if (e instanceof Expression.Comprehension comprehension) {
            entry(comprehension.element(), out);
            comprehension.clauses().forEach(clause -> {
                out.add(clause.target());
                out.add(clause.iterable());
                out.addAll(clause.conditions());
            });
        } else if (e instanceof Expression.Await await) {
            out.add(await.operand());
        } else if (e instanceof Expression.Yield yield) {
            yield.operand().ifPresent(out::add);
        } else if (e instanceof Expression.Starred starred) {
            out.add(starred.value());
        } else if (e instanceof Expression.Assignment assignment) {
            out.add(assignment.target());
            out.add(assignment.value());
        }
    }

    private static void fields(List<StringPiece.Field> fields, List<Expression> out) {
        fields.forEach(field -> {
            out.add(field.value());
            fields(field.nested(), out);
        });
    }

    private static void entry(Expression.Entry entry, List<Expression> out) {
        entry.key().ifPresent(out::add);
        out.add(entry.value());
    }

    private static void arguments(List<Argument> arguments, List<Expression> out) {
        arguments.forEach(argument -> out.add(argument.value()));
    }

    private static void parameters(List<Parameter> parameters, List<Expression> out) {
        parameters.forEach(parameter -> {
            parameter.annotation().ifPresent(out::add);
            parameter.defaultValue().ifPresent(out::add);
        });
    }

    /** The expressions of a statement itself, without those of its blocks. */
    public static List<Expression> expressions(Statement statement) {
        List<Expression> out = new ArrayList<>();
        if (statement instanceof Statement.Evaluation evaluation) {
            out.add(evaluation.value());
        } else if (statement instanceof Statement.Assign assign) {
            out.addAll(assign.targets());
            out.add(assign.value());
        } else if (statement instanceof Statement.Augment augment) {
            out.add(augment.target());
            out.add(augment.value());
        } else if (statement instanceof Statement.Annotate annotate) {
            out.add(annotate.target());
            out.add(annotate.annotation());
            annotate.value().ifPresent(out::add);
        } else if (statement instanceof Statement.Return returned) {
            returned.value().ifPresent(out::add);
        } else if (statement instanceof Statement.Delete delete) {
            out.addAll(delete.targets());
        } else if (statement instanceof Statement.Raise raise) {
            raise.value().ifPresent(out::add);
            raise.cause().ifPresent(out::add);
        } else if (statement instanceof Statement.Assert assertion) {
            out.add(assertion.test());
            assertion.message().ifPresent(out::add);
        } else {
            headExpressions(statement, out);
        }
        return out;
    }

    private static void headExpressions(Statement statement, List<Expression> out) {
        if (statement instanceof Statement.If conditional) {
            out.add(conditional.test());
        } else if (statement instanceof Statement.While loop) {
            out.add(loop.test());
        } else if (statement instanceof Statement.For loop) {
            out.add(loop.target());
            out.add(loop.iterable());
        } else if (statement instanceof Statement.With with) {
            with.items().forEach(item -> {
                out.add(item.context());
                item.target().ifPresent(out::add);
            });
        } else if (statement instanceof Statement.Try guarded) {
            guarded.handlers().forEach(handler -> handler.type().ifPresent(out::add));
        } else if (statement instanceof Statement.Function function) {
            out.addAll(function.decorators());
            typeParameters(function.typeParameters(), out);
            parameters(function.parameters(), out);
            function.returns().ifPresent(out::add);
        } else if (statement instanceof Statement.ClassDefinition definition) {
            out.addAll(definition.decorators());
            typeParameters(definition.typeParameters(), out);
            arguments(definition.bases(), out);
        } else if (statement instanceof Statement.TypeAlias alias) {
            out.add(alias.name());
            typeParameters(alias.typeParameters(), out);
            out.add(alias.value());
        } else if (statement instanceof Statement.Match match) {
            out.add(match.subject());
            match.cases().forEach(c -> {
                pattern(c.pattern(), out);
                c.guard().ifPresent(out::add);
            });
        }
    }

    private static void typeParameters(List<Statement.TypeParameter> parameters, List<Expression> out) {
        parameters.forEach(parameter -> {
            parameter.bound().ifPresent(out::add);
            parameter.defaultValue().ifPresent(out::add);
        });
    }

    private static void pattern(Pattern pattern, List<Expression> out) {
        if (pattern instanceof Pattern.Value value) {
            out.add(value.value());
        } else if (pattern instanceof Pattern.Capture capture) {
            capture.pattern().ifPresent(inner -> pattern(inner, out));
        } else if (pattern instanceof Pattern.Sequence sequence) {
            sequence.elements().forEach(inner -> pattern(inner, out));
        } else if (pattern instanceof Pattern.Or or) {
            or.alternatives().forEach(inner -> pattern(inner, out));
        } else if (pattern instanceof Pattern.Mapping mapping) {
            out.addAll(mapping.keys());
            mapping.values().forEach(inner -> pattern(inner, out));
        } else if (pattern instanceof Pattern.Instance instance) {
            out.add(instance.type());
            instance.positional().forEach(inner -> pattern(inner, out));
            instance.named().forEach(inner -> pattern(inner, out));
        }
    }

    /** The blocks of a statement, in order. */
    public static List<List<Statement>> blocks(Statement statement) {
        if (statement instanceof Statement.If conditional) {
            return List.of(conditional.body(), conditional.otherwise());
        } else if (statement instanceof Statement.While loop) {
            return List.of(loop.body(), loop.otherwise());
        } else if (statement instanceof Statement.For loop) {
            return List.of(loop.body(), loop.otherwise());
        } else if (statement instanceof Statement.With with) {
            return List.of(with.body());
        } else if (statement instanceof Statement.Try guarded) {
            List<List<Statement>> blocks = new ArrayList<>(List.of(guarded.body()));
            guarded.handlers().forEach(handler -> blocks.add(handler.body()));
            blocks.add(guarded.otherwise());
            blocks.add(guarded.last());
            return blocks;
        } else if (statement instanceof Statement.Function function) {
            return List.of(function.body());
        } else if (statement instanceof Statement.ClassDefinition definition) {
            return List.of(definition.body());
        } else if (statement instanceof Statement.Match match) {
            return match.cases().stream().map(Statement.Case::body).toList();
        } else if (statement instanceof Statement.Opaque opaque) {
            return List.of(opaque.body());
        }
        return List.of();
    }

    /** Visits each statement, those of blocks too, in the order of the text. Without recursion. */
    public static void eachStatement(List<Statement> statements, Consumer<Statement> visitor) {
        Deque<Iterator<Statement>> open = new ArrayDeque<>();
        open.push(statements.iterator());
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                continue;
            }
            Statement statement = open.peek().next();
            visitor.accept(statement);
            List<Statement> inside = new ArrayList<>();
            blocks(statement).forEach(inside::addAll);
            open.push(inside.iterator());
        }
    }

    /** Visits an expression and each inside of it, the outer one first. */
    public static void eachExpression(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        children(expression).forEach(child -> eachExpression(child, visitor));
    }
}
