package samestep.translate;

import samestep.compare.ValueRow;
import samestep.finding.Place;

/**
 * What to write in one of two configurations so that a value is the same in both.
 *
 * @param row the value
 * @param place what to replace
 * @param text the number to write there
 */
public record Remedy(ValueRow row, Place place, String text) {}
