package samestep.syntax.python;

import java.util.List;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.Tokenizer;
import samestep.text.SourceText;

/** Reads Python, without running it. */
public final class Python {
    private Python() {}

    /**
     * Parses a program. Accepts all of Python 3, and of Python 2 what Python 3 does not contradict. Never fails: a
     * statement that is not understood becomes a {@link samestep.syntax.python.tree.Statement.Opaque}.
     */
    public static PythonFile parse(SourceText source) {
        List<Token> tokens = Tokenizer.tokenize(source.text());
        return new PythonFile(source, tokens, new StatementParser(new Cursor(source.text(), tokens)).file());
    }
}
