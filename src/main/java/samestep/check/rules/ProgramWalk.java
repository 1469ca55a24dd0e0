package samestep.check.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import samestep.dialect.ProgramText;
import samestep.syntax.python.PythonFile;
import samestep.syntax.python.Trees;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;
import samestep.text.SourceText;

/** What rules about the text of programs have in common. A file is parsed only if it has the words that a rule is about. */
final class ProgramWalk {
    private ProgramWalk() {}

    /** The parsed parts of a program; none of a file that is none, or that lacks one of the words. */
    static List<PythonFile> parts(SourceText source, Pattern... words) {
        if (!ProgramText.mayTrain(source)) {
            return List.of();
        }
        for (Pattern word : words) {
            if (!word.matcher(source.text()).find()) {
                return List.of();
            }
        }
        return ProgramText.parts(source);
    }

    /** Every expression of a file. */
    static void each(PythonFile file, Consumer<Expression> visitor) {
        Trees.eachStatement(
                file.body(), statement -> Trees.expressions(statement).forEach(e -> Trees.eachExpression(e, visitor)));
    }

    /** Whether an expression, or one inside of it, is of a kind. */
    static boolean has(Expression expression, java.util.function.Predicate<Expression> wanted) {
        boolean[] found = {false};
        Trees.eachExpression(expression, e -> found[0] |= wanted.test(e));
        return found[0];
    }

    /** Whether a name is in an expression. */
    static boolean mentions(Expression expression, String name) {
        return has(expression, e -> e instanceof Expression.Name n && n.id().equals(name));
    }

    /** The last name of what is called: {@code l2} of {@code keras.regularizers.l2(...)}. */
    static String called(Expression expression) {
        return expression instanceof Expression.Call call ? last(call.function()) : "";
    }

    /** The last name of a path. */
    static String last(Expression expression) {
        if (expression instanceof Expression.Attribute attribute) {
            return attribute.name();
        }
        return expression instanceof Expression.Name name ? name.id() : "";
    }

    /** The path of names: {@code torch.optim.SGD}; empty where it is something else. */
    static String path(Expression expression) {
        if (expression instanceof Expression.Attribute attribute) {
            String owner = path(attribute.value());
            return owner.isEmpty() ? "" : owner + "." + attribute.name();
        }
        return expression instanceof Expression.Name name ? name.id() : "";
    }

    /** An expression, and the text that it is of. */
    record Assigned(Expression value, SourceText source) {}

    /** What each name is assigned in a program, the last one. */
    static Map<String, Assigned> assigned(List<PythonFile> parts) {
        Map<String, Assigned> values = new LinkedHashMap<>();
        for (PythonFile file : parts) {
            Trees.eachStatement(file.body(), statement -> {
                if (statement instanceof Statement.Assign assign) {
                    assign.targets().stream()
                            .filter(Expression.Name.class::isInstance)
                            .forEach(target -> values.put(
                                    ((Expression.Name) target).id(), new Assigned(assign.value(), file.source())));
                }
            });
        }
        return values;
    }

    /** The value that a name is assigned; an expression that is not such a name is returned itself. */
    static Assigned value(Expression expression, SourceText source, Map<String, Assigned> assigned) {
        Assigned own = new Assigned(expression, source);
        return expression instanceof Expression.Name name ? assigned.getOrDefault(name.id(), own) : own;
    }

    /** The words of a list that is written out; empty where it is not a list of words. */
    static Optional<List<String>> words(Assigned list) {
        Expression value = list.value();
        List<Expression> elements = value instanceof Expression.ListDisplay l
                ? l.elements()
                : value instanceof Expression.Tuple t
                        ? t.elements()
                        : value instanceof Expression.SetDisplay s ? s.elements() : List.of();
        List<String> words = new ArrayList<>();
        for (Expression element : elements) {
            if (!(element instanceof Expression.Text text)
                    || text.pieces().size() != 1
                    || !text.pieces().get(0).fields().isEmpty()) {
                return Optional.empty();
            }
            words.add(list.source().slice(text.pieces().get(0).body()));
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }
}
