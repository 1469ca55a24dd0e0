package samestep.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.check.setting.DeclaredPair;
import samestep.compare.setting.SettingRow;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingValue;
import samestep.text.Edit;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparison;
import samestep.translate.setting.SettingEdits;

/** The settings that differ in two files of a declared pair; those that are surely not meant have codes of their own. */
final class SettingDifferences {
    private final DeclaredPair pair;
    private final ConfigurationFile source;
    private final ConfigurationFile target;
    private final FileComparison compared;

    SettingDifferences(DeclaredPair pair, ConfigurationFile source, ConfigurationFile target, FileComparison compared) {
        this.pair = pair;
        this.source = source;
        this.target = target;
        this.compared = compared;
    }

    /** One finding for each setting that differs, at its place in the target, without what is allowed. */
    List<Finding> findings() {
        return compared.settings().of(SettingRow.Status.DIFFERS).stream()
                .filter(row -> !pair.allowed().contains(code(row)))
                .map(this::finding)
                .toList();
    }

    private Finding finding(SettingRow row) {
        Setting here = row.target().orElseThrow();
        Setting there = row.source().orElseThrow();
        String whose = row.owners().isEmpty() ? "" : " of " + row.ownersInWords();
        String name = source.input().source().name();
        Finding finding = Finding.at(
                here.place().orElseGet(() -> PairCheck.start(target)),
                code(row),
                row.kind().words() + whose + ": " + words(here) + " here, " + words(there) + " in " + name);
        String why = why(code(row));
        if (!why.isEmpty()) {
            finding = finding.detail(why);
        }
        List<Edit> edits = SettingEdits.of(row, compared.target().allSettings(), compared.partners());
        for (String text : edits.stream().map(Edit::replacement).distinct().toList()) {
            finding = finding.detail("Write " + text + ".");
        }
        return finding.mendedBy(edits);
    }

    /** What a difference most likely comes from. */
    static Code code(SettingRow row) {
        Setting here = row.target().orElseThrow();
        Setting there = row.source().orElseThrow();
        return switch (row.kind()) {
            case DROPOUT, STATISTICS_KEPT -> isComplement(here, there) ? Code.SS709 : Code.SS708;
            case NORMALISATION_EPSILON -> here.isWritten() == there.isWritten() ? Code.SS708 : Code.SS710;
            case LOSS_REDUCTION -> isSum(here) == isSum(there) ? Code.SS708 : Code.SS711;
            case WEIGHT_AVERAGE -> isOff(here) == isOff(there) ? Code.SS708 : Code.SS712;
            case EVALUATED_WEIGHTS -> Code.SS712;
            default -> Code.SS708;
        };
    }

    private static String why(Code code) {
        return switch (code) {
            case SS709 -> "Both add up to 1: one of them is the share kept, the other the share dropped or new.";
            case SS710 ->
                "One of them is written and the other is its framework's default: the frameworks have other ones.";
            case SS711 ->
                "A sum is as many times the mean as the batch has samples: penalties and clips weigh less against it.";
            case SS712 -> "Only one of the files averages its weights, and what is evaluated there is the average.";
            default -> "";
        };
    }

    private static boolean isComplement(Setting one, Setting other) {
        Optional<BigDecimal> here = number(one);
        Optional<BigDecimal> there = number(other);
        return here.isPresent()
                && there.isPresent()
                && here.get().add(there.get()).compareTo(BigDecimal.ONE) == 0;
    }

    private static Optional<BigDecimal> number(Setting setting) {
        return setting.value() instanceof SettingValue.Number number
                ? Optional.of(number.quantity().decimal())
                : Optional.empty();
    }

    private static boolean isSum(Setting setting) {
        return setting.value().means(new SettingValue.Word("sum"));
    }

    private static boolean isOff(Setting setting) {
        return number(setting).filter(n -> n.signum() == 0).isPresent();
    }

    /** The value in the common unit, and as it is written where that is not the same. */
    private static String words(Setting setting) {
        String value = setting.value().words();
        return value.equals(setting.spelling().words())
                ? value
                : value + " (" + setting.spelling().words() + ")";
    }
}
