package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.tree.Statement;
import samestep.syntax.python.tree.Statement.Alias;

/** Reads imports. */
final class ImportParser {
    private final Cursor cursor;

    ImportParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Statement plain() {
        int start = cursor.next().start();
        List<Alias> names = new ArrayList<>();
        do {
            int from = cursor.start();
            names.add(alias(dotted(), from));
        } while (cursor.takeOperator(","));
        return new Statement.Import(names, cursor.since(start));
    }

    Statement from() {
        int start = cursor.next().start();
        int level = 0;
        while (cursor.isOperator(".") || cursor.isOperator("...")) {
            level += cursor.next().text().length();
        }
        String module = level > 0 && cursor.isWord("import") ? "" : dotted();
        cursor.expectWord("import");
        List<Alias> names = new ArrayList<>();
        if (cursor.isOperator("*")) {
            Token star = cursor.next();
            names.add(new Alias("*", "", star.span()));
        } else {
            boolean inParentheses = cursor.takeOperator("(");
            do {
                int from = cursor.start();
                names.add(alias(cursor.expectName().text(), from));
            } while (cursor.takeOperator(",") && !(inParentheses && cursor.isOperator(")")));
            if (inParentheses) {
                cursor.expectOperator(")");
            }
        }
        return new Statement.ImportFrom(level, module, names, cursor.since(start));
    }

    private Alias alias(String name, int start) {
        String as = cursor.takeWord("as") ? cursor.expectName().text() : "";
        return new Alias(name, as, cursor.since(start));
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(cursor.expectName().text());
        while (cursor.takeOperator(".")) {
            name.append('.').append(cursor.expectName().text());
        }
        return name.toString();
    }
}
