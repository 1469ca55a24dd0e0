package samestep.syntax.yaml;

import samestep.text.Span;

/**
 * {@code *name}: a value that is defined elsewhere, so that a change there changes it here.
 *
 * @param name of the anchor
 * @param target what it stands for; never an alias, and never what the alias is a part of
 * @param span with the star
 */
public record YamlAlias(String name, YamlValue target, Span span) implements YamlValue {

    @Override
    public String tag() {
        return "";
    }

    @Override
    public YamlValue resolved() {
        return target;
    }
}
