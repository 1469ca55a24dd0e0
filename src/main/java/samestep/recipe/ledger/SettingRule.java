package samestep.recipe.ledger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.SettingKind;

/**
 * How a field says a setting.
 *
 * @param kind which setting
 * @param convention how the number that is written becomes the setting's
 * @param words what a written word means; where there are any, a word that is not among them says nothing
 * @param condition the field counts only while this is so
 * @param otherwise the value while the condition does not hold; empty where the field then says nothing
 * @param companion the setting is another field's, and this one is its condition, or a reader puts it together
 */
public record SettingRule(
        SettingKind kind,
        Convention convention,
        Map<String, String> words,
        Optional<Condition> condition,
        String otherwise,
        boolean companion) {
    /** Copies the words in their order: the first of several with one meaning is the one that is written. */
    public SettingRule {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /**
     * A field that must have a value.
     *
     * @param field its path
     * @param value as it is written
     */
    public record Condition(String field, String value) {}

    /**
     * Reads {@code KIND [complement] [WORD=MEANING ...] [read] [with] [if FIELD=VALUE [else VALUE]]}. A blank of a meaning is
     * written as an underscore.
     */
    static SettingRule parse(String text) {
        String[] tokens = text.split(" +");
        Convention convention = Convention.AS_IS;
        Map<String, String> words = new LinkedHashMap<>();
        Optional<Condition> condition = Optional.empty();
        String otherwise = "";
        boolean companion = false;
        for (int at = 1; at < tokens.length; at++) {
            switch (tokens[at]) {
                case "complement" -> convention = Convention.COMPLEMENT;
                case "read", "with" -> companion = true;
                case "if" -> condition = Optional.of(condition(tokens[++at]));
                case "else" -> otherwise = tokens[++at].replace('_', ' ');
                default -> words.put(key(tokens[at]), value(tokens[at]).replace('_', ' '));
            }
        }
        return new SettingRule(SettingKind.valueOf(tokens[0]), convention, words, condition, otherwise, companion);
    }

    private static Condition condition(String token) {
        return new Condition(key(token), value(token));
    }

    private static String key(String token) {
        int equals = token.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("a ledger's setting: expected NAME=VALUE, found " + token);
        }
        return token.substring(0, equals);
    }

    private static String value(String token) {
        return token.substring(token.indexOf('=') + 1);
    }
}
