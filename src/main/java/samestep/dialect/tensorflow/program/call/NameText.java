package samestep.dialect.tensorflow.program.call;

import java.util.Optional;
import java.util.regex.Pattern;
import samestep.program.value.Value;

/**
 * A name as far as it is known.
 *
 * @param text with a star for what is not known
 * @param isKnown whether there is none
 */
public record NameText(String text, boolean isKnown) {
    private static final String STAR = "*";
    private static final Pattern PERCENT = Pattern.compile("%[-+ #0-9.]*[a-zA-Z]");
    private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}");

    /** What a value says as a name; a template is known but for what is put into it. */
    public static NameText of(Value value) {
        if (value instanceof Value.Text text) {
            return new NameText(text.value(), true);
        }
        if (value instanceof Value.Guarded guarded) {
            return of(guarded.value());
        }
        if (value instanceof Value.Computed computed && !computed.operands().isEmpty()) {
            Value first = computed.operands().get(0);
            if (first instanceof Value.Text template && computed.operator().equals("%")) {
                return new NameText(PERCENT.matcher(template.value()).replaceAll(STAR), false);
            }
            if (computed.operator().equals("+") && computed.operands().size() == 2) {
                return of(first).with(of(computed.operands().get(1)));
            }
        }
        if (value instanceof Value.Made made
                && made.call().callee() instanceof Value.Member member
                && member.name().equals("format")
                && member.owner() instanceof Value.Text template) {
            return new NameText(BRACES.matcher(template.value()).replaceAll(STAR), false);
        }
        return new NameText(STAR, false);
    }

    /** Whether it has a word in it; empty if that depends on what is not known. */
    public Optional<Boolean> contains(String word) {
        if (text.contains(word)) {
            return Optional.of(true);
        }
        return isKnown ? Optional.of(false) : Optional.empty();
    }

    /** Whether it ends with a word; empty if that depends on what is not known. */
    public Optional<Boolean> endsWith(String word) {
        String end = text.substring(isKnown ? 0 : text.lastIndexOf(STAR) + 1);
        if (isKnown || end.length() >= word.length()) {
            return Optional.of(end.endsWith(word));
        }
        return word.endsWith(end) ? Optional.empty() : Optional.of(false);
    }

    /** With another one after it. */
    public NameText with(NameText next) {
        return new NameText(text + next.text, isKnown && next.isKnown);
    }

    /** Below a scope. */
    public NameText below(NameText scope) {
        return scope.text.isEmpty() ? this : new NameText(scope.text + "/" + text, scope.isKnown && isKnown);
    }
}
