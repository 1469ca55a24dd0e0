package samestep.dialect.pytorch;

import java.util.List;
import java.util.stream.Collectors;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.syntax.yaml.YamlEntry;

/** What a file says beside the update: the data, the model, where things are kept. */
final class Outside {
    private static final int SHOWN = 12;

    private Outside() {}

    /** Says what was not asked for, in one finding. */
    static void note(Fields fields, Place place, List<Finding> findings) {
        List<String> names =
                fields.unasked().stream().map(YamlEntry::name).distinct().toList();
        if (!names.isEmpty()) {
            String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
            String more = names.size() > SHOWN ? ", and " + (names.size() - SHOWN) + " more" : "";
            findings.add(Finding.at(place, Code.SS041, "not about updates, and not looked at: " + shown + more));
        }
    }
}
