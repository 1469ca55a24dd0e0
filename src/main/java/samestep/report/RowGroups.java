package samestep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.recipe.ParameterName;

/** Puts rows of parameters together that have the same role and the same numbers. */
final class RowGroups {
    private RowGroups() {}

    /**
     * One row for each group, in the order of their first: its name says how many there are and which layers are the first
     * and the last.
     *
     * @param nameColumn where the name is in a row
     * @param names whose the rows are
     * @param numbers what has to be the same
     */
    static List<List<String>> of(
            int nameColumn, List<ParameterName> names, List<List<String>> numbers, List<List<String>> rows) {
        Map<List<Object>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            groups.computeIfAbsent(List.of(names.get(i).role(), numbers.get(i)), key -> new ArrayList<>())
                    .add(i);
        }
        List<List<String>> together = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            List<String> row = new ArrayList<>(rows.get(group.get(0)));
            if (group.size() > 1) {
                row.set(nameColumn, name(group, names));
            }
            together.add(row);
        }
        return together;
    }

    private static String name(List<Integer> group, List<ParameterName> names) {
        ParameterName first = names.get(group.get(0));
        ParameterName last = names.get(group.get(group.size() - 1));
        return group.size() + " " + first.role().word(group.size()) + ": " + first.layer() + " ... " + last.layer();
    }
}
