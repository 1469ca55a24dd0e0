package samestep.dialect.pytorch;

import java.util.List;
import java.util.Optional;
import samestep.dialect.Resources;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/**
 * Forms of libraries that are not read yet, by the fields that they alone have. They are named, so that none is taken for one
 * that looks like it: the same words have other defaults and another meaning there.
 */
final class UnreadForms {
    private static final List<Row> ROWS =
            Resources.lines("pytorch/unread.txt").map(UnreadForms::row).toList();

    private UnreadForms() {}

    /**
     * A form.
     *
     * @param library whose it is
     * @param marks fields that it has, all of them, and with a {@code !} those that it has not
     */
    private record Row(String library, List<String> marks) {
        boolean mayBe(SourceText source) {
            return marks.stream()
                    .allMatch(mark -> isMissing(mark) || source.text().contains(last(mark)));
        }

        boolean is(YamlMapping root) {
            return marks.stream().allMatch(mark -> isMissing(mark) ? !has(root, mark.substring(1)) : has(root, mark));
        }

        private static boolean isMissing(String mark) {
            return mark.startsWith("!");
        }
    }

    private static Row row(String line) {
        String[] cells = line.split(" \\| ", 2);
        return new Row(cells[0].strip(), List.of(cells[1].strip().split(" ")));
    }

    /** The library whose form a text has. */
    static Optional<String> of(SourceText source) {
        if (!ConfigurationText.mayBe(source) || ROWS.stream().noneMatch(row -> row.mayBe(source))) {
            return Optional.empty();
        }
        return ConfigurationText.mapping(source)
                .flatMap(root -> ROWS.stream().filter(row -> row.is(root)).findFirst())
                .map(Row::library);
    }

    private static String last(String mark) {
        String path = mark.split("=", 2)[0];
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static boolean has(YamlMapping root, String mark) {
        String[] parts = mark.split("=", 2);
        YamlValue at = root;
        for (String name : parts[0].split("\\.")) {
            Optional<YamlValue> next = at instanceof YamlMapping mapping ? mapping.get(name) : Optional.empty();
            if (next.isEmpty()) {
                return false;
            }
            at = next.get();
        }
        return parts.length == 1
                || at instanceof YamlScalar scalar && scalar.text().equals(parts[1]);
    }
}
