package samestep.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that is compiled when it is first asked. For those of classes that every start loads and few need: to
 * compile one takes as long as to read a small file.
 */
public final class LatePattern {
    private final String expression;
    private final int flags;
    private volatile @Nullable Pattern pattern;

    /** Without flags. */
    public LatePattern(String expression) {
        this(expression, 0);
    }

    /** With the flags of {@link Pattern}. */
    public LatePattern(String expression, int flags) {
        this.expression = expression;
        this.flags = flags;
    }

    /** What {@link Pattern#matcher} gives. */
    public Matcher matcher(CharSequence text) {
        Pattern compiled = pattern;
        if (compiled == null) {
            compiled = Pattern.compile(expression, flags);
            pattern = compiled;
        }
        return compiled.matcher(text);
    }
}
