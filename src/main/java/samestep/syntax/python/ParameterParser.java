package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Parameter;
import samestep.syntax.python.tree.Statement.TypeParameter;
import samestep.text.Span;

/** Reads the parameters of functions. */
final class ParameterParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    ParameterParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** A lambda's, and the colon. */
    List<Parameter> untilColon() {
        return parameters(":", false);
    }

    /** A function's, in parentheses. */
    List<Parameter> inParentheses() {
        cursor.expectOperator("(");
        return parameters(")", true);
    }

    private List<Parameter> parameters(String closing, boolean withTypes) {
        List<Parameter> parameters = new ArrayList<>();
        boolean afterStar = false;
        while (!cursor.isOperator(closing)) {
            if (cursor.takeOperator("/")) {
                parameters.replaceAll(p -> p.as(Parameter.Kind.POSITIONAL_ONLY));
            } else if (cursor.isOperator("*") && cursor.ahead(1).isOperator(",")) {
                cursor.next();
                afterStar = true;
            } else {
                Parameter parameter = parameter(withTypes, afterStar);
                afterStar |= parameter.kind() == Parameter.Kind.STAR;
                parameters.add(parameter);
            }
            if (!cursor.takeOperator(",")) {
                break;
            }
        }
        cursor.expectOperator(closing);
        return parameters;
    }

    private Parameter parameter(boolean withTypes, boolean afterStar) {
        int start = cursor.start();
        Parameter.Kind kind = afterStar ? Parameter.Kind.KEYWORD_ONLY : Parameter.Kind.NORMAL;
        if (cursor.takeOperator("*")) {
            kind = Parameter.Kind.STAR;
        } else if (cursor.takeOperator("**")) {
            kind = Parameter.Kind.DOUBLE_STAR;
        }
        Token name = cursor.expectName();
        Optional<Expression> annotation = withTypes && cursor.takeOperator(":")
                ? Optional.of(kind == Parameter.Kind.STAR ? expressions.starredOrNamed() : expressions.expression())
                : Optional.empty();
        Optional<Expression> value =
                cursor.takeOperator("=") ? Optional.of(expressions.expression()) : Optional.empty();
        return new Parameter(kind, name.text(), annotation, value, cursor.since(start));
    }

    /** Type parameters in brackets, if there are any. */
    List<TypeParameter> typeParameters() {
        List<TypeParameter> parameters = new ArrayList<>();
        if (!cursor.takeOperator("[")) {
            return parameters;
        }
        while (!cursor.isOperator("]")) {
            int start = cursor.start();
            if (!cursor.takeOperator("*")) {
                cursor.takeOperator("**");
            }
            String name = cursor.expectName().text();
            Optional<Expression> bound =
                    cursor.takeOperator(":") ? Optional.of(expressions.expression()) : Optional.empty();
            Optional<Expression> value =
                    cursor.takeOperator("=") ? Optional.of(expressions.starredOrNamed()) : Optional.empty();
            Span span = cursor.since(start);
            parameters.add(new TypeParameter(name, bound, value, span));
            if (!cursor.takeOperator(",")) {
                break;
            }
        }
        cursor.expectOperator("]");
        return parameters;
    }
}
