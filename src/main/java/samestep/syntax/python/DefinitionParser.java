package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Argument;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Parameter;
import samestep.syntax.python.tree.Statement;

/** Reads functions and classes. */
final class DefinitionParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final CompoundParser compound;

    DefinitionParser(Cursor cursor, ExpressionParser expressions, CompoundParser compound) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.compound = compound;
    }

    Statement decorated() {
        List<Expression> decorators = new ArrayList<>();
        while (cursor.takeOperator("@")) {
            Expression decorator = expressions.named();
            Heights.check(decorator);
            decorators.add(decorator);
            if (!cursor.take(TokenKind.NEWLINE)) {
                throw cursor.problem("the end of the line after a decorator");
            }
        }
        return definition(decorators);
    }

    Statement definition(List<Expression> decorators) {
        int start = cursor.start();
        boolean isAsync = cursor.takeWord("async");
        if (cursor.takeWord("def")) {
            return function(decorators, isAsync, start);
        }
        cursor.expectWord("class");
        Token name = cursor.expectName();
        var types = typeParameters();
        List<Argument> bases = cursor.isOperator("(") ? expressions.primaries().arguments() : List.of();
        bases.forEach(base -> Heights.check(base.value()));
        List<Statement> body = compound.block();
        return new Statement.ClassDefinition(
                name.text(), name.span(), types, bases, decorators, body, cursor.since(start));
    }

    private Statement function(List<Expression> decorators, boolean isAsync, int start) {
        Token name = functionName();
        var types = typeParameters();
        List<Parameter> parameters = expressions.parameters().inParentheses();
        Optional<Expression> returns = cursor.takeOperator("->") ? Optional.of(expressions.list()) : Optional.empty();
        parameters.forEach(parameter -> {
            parameter.annotation().ifPresent(Heights::check);
            parameter.defaultValue().ifPresent(Heights::check);
        });
        returns.ifPresent(Heights::check);
        List<Statement> body = compound.block();
        return new Statement.Function(
                name.text(), name.span(), types, parameters, returns, decorators, body, isAsync, cursor.since(start));
    }

    private List<Statement.TypeParameter> typeParameters() {
        var types = expressions.parameters().typeParameters();
        types.forEach(type -> {
            type.bound().ifPresent(Heights::check);
            type.defaultValue().ifPresent(Heights::check);
        });
        return types;
    }

    private Token functionName() {
        if (!cursor.is(TokenKind.NAME)) {
            throw cursor.problem("a name");
        }
        return cursor.next();
    }
}
