package samestep.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/** Says briefly which parameters are meant. */
public final class ParameterList {
    private static final int SHOWN = 3;

    private ParameterList() {}

    /** Such as "8 kernels and 1 bias"; "every kernel" when the layers are not known. */
    public static String count(List<Parameter> parameters) {
        List<String> parts = counts(parameters);
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
    }

    /** The coefficients of their penalties, such as "0.0005"; no more than three. */
    public static String penalties(List<Parameter> parameters) {
        return parameters.stream()
                .flatMap(p -> p.stages(Stage.Penalty.class).stream())
                .map(p -> p.coefficient().written())
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
    }

    /** The parts of that: one for each role. */
    public static List<String> counts(List<Parameter> parameters) {
        Map<Role, Integer> counts = new LinkedHashMap<>();
        parameters.forEach(p -> counts.merge(p.name().role(), 1, Integer::sum));
        boolean any = parameters.stream().anyMatch(p -> p.name().layer().equals(ParameterName.ANY_LAYER));
        List<String> parts = new ArrayList<>();
        counts.forEach((role, count) -> parts.add(any ? "every " + role.word() : count + " " + role.word(count)));
        return parts;
    }

    /** A few of many names, such as "conv1, conv2, conv3 and 287 more". */
    public static String some(List<String> names) {
        if (names.size() <= SHOWN + 1) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }

    /** Such as "and 7 more biases (conv2 ... fc8)" for all but the first; empty when there is one only. */
    public static String others(List<Parameter> parameters) {
        if (parameters.size() < 2) {
            return "";
        }
        List<Parameter> rest = parameters.subList(1, parameters.size());
        Role role = rest.get(0).name().role();
        boolean same = rest.stream().allMatch(p -> p.name().role() == role);
        String word = same ? role.word(rest.size()) : "parameters";
        String first = rest.get(0).name().layer();
        String last = rest.get(rest.size() - 1).name().layer();
        String names = first.equals(last) ? first : first + " ... " + last;
        return "and " + rest.size() + " more " + word + " (" + names + ")";
    }
}
