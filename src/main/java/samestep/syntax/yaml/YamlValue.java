package samestep.syntax.yaml;

import samestep.text.Span;

/** A YAML value and where it is. */
public sealed interface YamlValue permits YamlMapping, YamlSequence, YamlScalar, YamlAlias {

    /**
     * Where it is: a scalar with its quotes; a mapping or sequence with its brackets, or from its first entry to the
     * end of its last. An anchor or a tag before it does not belong to it. What is left out is empty.
     */
    Span span();

    /**
     * The tag as it is written when none of the file's own handles is used, such as {@code !!python/tuple}; empty when
     * there is none.
     */
    String tag();

    /** What an alias stands for; any other value itself. */
    default YamlValue resolved() {
        return this;
    }

    /** Whether it is null. */
    default boolean isNull() {
        return resolved() instanceof YamlScalar scalar && scalar.kind() == YamlScalar.Kind.NULL;
    }
}
