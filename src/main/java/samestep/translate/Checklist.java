package samestep.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import samestep.compare.setting.SettingComparison;
import samestep.compare.setting.SettingRow;
import samestep.compare.setting.SettingRow.Status;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.text.Visible;

/**
 * The settings of the source that what is written does not hold, for people to set; and those that differ from what is
 * written.
 *
 * @param items one for each setting; layers that read alike are one item
 */
public record Checklist(List<Item> items) {
    /** Copies the items. */
    public Checklist {
        items = List.copyOf(items);
    }

    /**
     * A setting to be set.
     *
     * @param row it, with what is written where that is something else
     * @param says how a program of the target says it; empty where there is no one word for it
     */
    public record Item(SettingRow row, String says) {
        /** The source's setting. */
        public Setting setting() {
            return row.source().orElseThrow();
        }

        /** {@code 0.9  running statistics, share kept; 2 layers (bn1, bn2): nn.BatchNorm2d(momentum=0.1)  net:3:5}. */
        String line() {
            StringBuilder line = new StringBuilder(setting().value().words()).append("  ");
            if (row.kind().scope() == SettingKind.Scope.FIELD) {
                line.append(row.ownersInWords());
            } else {
                line.append(row.kind().words());
                line.append(row.owners().isEmpty() ? "" : "; ").append(row.ownersInWords());
            }
            if (!says.isEmpty()) {
                line.append(": ").append(says);
            }
            row.target()
                    .ifPresent(written -> line.append("; what is written has ")
                            .append(written.value().words()));
            return line.append("  (").append(origin()).append(')').toString();
        }

        /** The place, or why there is none. */
        private String origin() {
            Setting.Spelling spelling = setting().spelling();
            return setting().place().map(Object::toString).orElseGet(() -> {
                if (spelling.origin() instanceof Origin.Default byDefault) {
                    return byDefault.of();
                }
                return spelling.origin() instanceof Origin.Derived derived ? derived.how() : spelling.words();
            });
        }
    }

    /** Of a source with what was written and read back. */
    public static Checklist of(SettingComparison settings, Function<Setting, String> says) {
        List<Item> items = new ArrayList<>();
        for (SettingRow row : settings.rows()) {
            boolean missing = row.status() == Status.NOT_SAID_BY_TARGET || row.status() == Status.DIFFERS;
            boolean nothing = missing && row.source().orElseThrow().value().means(SettingValue.NO_PART);
            if (missing && !nothing || isWithoutField(row)) {
                items.add(new Item(row, says.apply(row.source().orElseThrow())));
            }
        }
        return new Checklist(items);
    }

    /** Devices that no field says were taken over from the source to read back what each of them does. */
    private static boolean isWithoutField(SettingRow row) {
        return row.kind() == SettingKind.DEVICES
                && row.source().isPresent()
                && row.target().filter(t -> t.place().isEmpty()).isPresent();
    }

    /** One finding for all; empty where nothing is left to set. */
    public Optional<Finding> finding(String target) {
        if (items.isEmpty()) {
            return Optional.empty();
        }
        Finding finding = Finding.of(Code.SS902, heading(target))
                .as(
                        items.stream().anyMatch(i -> i.row().status() == Status.DIFFERS)
                                ? Severity.WARNING
                                : Severity.NOTE);
        for (String line : lines()) {
            finding = finding.detail(line);
        }
        return Optional.of(finding);
    }

    /** What the block is called. */
    String heading(String target) {
        return items.size() == 1
                ? "1 setting is not in what is written for " + target + ": set it"
                : items.size() + " settings are not in what is written for " + target + ": set them";
    }

    /** The block as a comment of a program: no name of a file ends a line. */
    String comment(String target) {
        StringBuilder comment =
                new StringBuilder("\n# ").append(heading(target)).append('\n');
        lines().forEach(line -> comment.append("#   ").append(Visible.of(line)).append('\n'));
        return comment.toString();
    }

    /** A line for each item, in the order of the kinds. */
    List<String> lines() {
        return items.stream().map(Item::line).toList();
    }
}
