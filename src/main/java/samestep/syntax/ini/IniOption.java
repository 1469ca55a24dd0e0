package samestep.syntax.ini;

import samestep.text.Span;

/**
 * One {@code key=value} line.
 *
 * @param key without blanks
 * @param keySpan where it is written
 * @param value without blanks, not even those within it; never empty
 * @param valueSpan where it is written, from its first character that is not a blank to its last
 */
public record IniOption(String key, Span keySpan, String value, Span valueSpan) {}
