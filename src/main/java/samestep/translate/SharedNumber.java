package samestep.translate;

import java.util.List;
import java.util.stream.Collectors;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;

/** A number of a program that is several values, of which not all want the same: a person has to decide. */
final class SharedNumber {
    private SharedNumber() {}

    /**
     * The finding.
     *
     * @param remedy what would be written
     * @param mended the values that want it
     * @param others those that are the same number, and do not
     */
    static Finding finding(Remedy remedy, List<ValueRow> mended, List<ValueRow> others) {
        return Finding.at(
                        remedy.place(),
                        Code.SS046,
                        remedy.text() + " would be right for " + names(mended) + "; the same number is " + names(others)
                                + " too")
                .detail("It is not changed. Give each a number of its own, or leave it.");
    }

    private static String names(List<ValueRow> rows) {
        return ValueRows.merged(rows).stream()
                .map(row ->
                        row.name() + (row.parameters().isEmpty() ? "" : " of " + ParameterList.count(row.parameters())))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
