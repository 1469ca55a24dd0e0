package samestep.syntax.yaml;

import samestep.text.Span;

/**
 * An entry of a mapping.
 *
 * @param key the name
 * @param value the value; an alias if it is written as one
 */
public record YamlEntry(YamlScalar key, YamlValue value) {

    /** The text of the key. */
    public String name() {
        return key.text();
    }

    /** From the key to the end of the value. */
    public Span span() {
        return key.span().to(value.span());
    }

    /** Whether it takes the entries of another mapping: {@code <<: *base}. */
    public boolean isMerge() {
        return key.kind() == YamlScalar.Kind.MERGE;
    }
}
