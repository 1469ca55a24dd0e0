package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.tree.Statement;
import samestep.text.SourceText;

/**
 * A Python program, read.
 *
 * @param source its text
 * @param tokens all tokens, comments too; with the blanks between them they are the text
 * @param body its statements
 */
public record PythonFile(SourceText source, List<Token> tokens, List<Statement> body) {

    /** Copies the lists. */
    public PythonFile {
        tokens = List.copyOf(tokens);
        body = List.copyOf(body);
    }

    /** The statements that were not understood, those in blocks too. */
    public List<Statement.Opaque> opaque() {
        List<Statement.Opaque> found = new ArrayList<>();
        Trees.eachStatement(body, statement -> {
            if (statement instanceof Statement.Opaque opaque) {
                found.add(opaque);
            }
        });
        return found;
    }
}
