package samestep.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.check.setting.DeclaredPair;
import samestep.compare.Comparison;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.text.Edit;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparison;
import samestep.translate.Remedy;

/** What is different in two files of a declared pair, value by value, without what is allowed. */
final class PairDifferences {
    private final DeclaredPair pair;
    private final ConfigurationFile source;
    private final ConfigurationFile target;
    private final FileComparison compared;

    PairDifferences(DeclaredPair pair, ConfigurationFile source, ConfigurationFile target, FileComparison compared) {
        this.pair = pair;
        this.source = source;
        this.target = target;
        this.compared = compared;
    }

    /** One finding for each value that differs, at its place in the target. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        List<ValueRow> different =
                compared.rows().stream().filter(row -> !row.same()).toList();
        for (ValueRow row : ValueRows.merged(different)) {
            if (!isTolerated(row)) {
                findings.add(finding(row));
            }
        }
        alone(compared.comparison().alone(), source, target).ifPresent(findings::add);
        alone(compared.comparison().aloneInTarget(), target, source).ifPresent(findings::add);
        if (different.isEmpty() && findings.isEmpty()) {
            findings.addAll(unexplained());
        }
        findings.removeIf(f -> pair.allowed().contains(f.code()));
        return findings;
    }

    /** One finding for each setting that differs: batch, length, loss and the like. */
    List<Finding> settings() {
        return new SettingDifferences(pair, source, target, compared).findings();
    }

    private boolean isTolerated(ValueRow row) {
        boolean rates = row.name().equals("learning rate");
        double largest = compared.comparison().schedule().largestDifference();
        return rates && pair.tolerance() > 0 && largest <= pair.tolerance()
                || PairCheck.isWithin(pair.tolerance(), row);
    }

    private Finding finding(ValueRow row) {
        String whose = row.parameters().isEmpty() ? "" : " of " + ParameterList.count(row.parameters());
        String message = row.name() + whose + ": " + row.target().words() + " here, "
                + row.source().words() + " in " + name(source) + factor(row);
        Finding finding =
                Finding.at(row.target().place().orElseGet(() -> PairCheck.start(target)), code(row.name()), message);
        if (isCopied(row)) {
            finding = finding.detail("The number was copied as it is; it does not mean the same in both frameworks.");
        }
        List<Edit> edits = edits(row);
        for (String text : edits.stream().map(Edit::replacement).distinct().toList()) {
            finding = finding.detail("Write " + text + ".");
        }
        return finding.mendedBy(edits);
    }

    private static String name(ConfigurationFile file) {
        return file.input().source().name();
    }

    /** The findings' codes by what the row is about. */
    static Code code(String row) {
        return switch (row) {
            case "rate multiplier", "trained" -> Code.SS702;
            case "learning rate" -> Code.SS704;
            case "batches in an update" -> Code.SS705;
            case "gradient factor" -> Code.SS703;
            default -> {
                if (row.startsWith("rate: ")) {
                    yield Code.SS704;
                }
                if (row.startsWith("clip")) {
                    yield Code.SS705;
                }
                boolean decay = row.contains("decay")
                        || row.contains("in the gradient")
                        || row.contains("penalty")
                        || row.contains("limit of the norm");
                yield decay ? Code.SS701 : Code.SS703;
            }
        };
    }

    private static String factor(ValueRow row) {
        Optional<BigDecimal> left = row.source().quantity().map(q -> q.decimal());
        Optional<BigDecimal> right = row.target().quantity().map(q -> q.decimal());
        if (left.isEmpty()
                || right.isEmpty()
                || left.get().signum() == 0
                || right.get().signum() == 0) {
            return "";
        }
        double factor = right.get().doubleValue() / left.get().doubleValue();
        return "; that is " + Numbers.rounded(factor, 4) + " times as much";
    }

    private static boolean isCopied(ValueRow row) {
        Optional<String> left = row.source().place().map(Place::text);
        Optional<String> right = row.target().place().map(Place::text);
        try {
            return left.isPresent()
                    && right.isPresent()
                    && new BigDecimal(left.get()).compareTo(new BigDecimal(right.get())) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether both schedules count the same; how many updates an epoch has, no file says. */
    boolean isInOneUnit() {
        return compared.source().schedule().countsLike(compared.target().schedule());
    }

    private List<Edit> edits(ValueRow row) {
        if (!isInOneUnit() && code(row.name()) == Code.SS704) {
            return List.of();
        }
        return compared.remedies().stream()
                .filter(remedy -> remedy.isOfTheTarget() && isPartOf(remedy.row(), row))
                .map(Remedy::edit)
                .distinct()
                .toList();
    }

    private static boolean isPartOf(ValueRow one, ValueRow merged) {
        return one.name().equals(merged.name())
                && one.target().words().equals(merged.target().words())
                && merged.parameters().containsAll(one.parameters());
    }

    private static Optional<Finding> alone(
            List<Parameter> parameters, ConfigurationFile where, ConfigurationFile elsewhere) {
        if (parameters.isEmpty()) {
            return Optional.empty();
        }
        String names = String.join(
                ", ", parameters.stream().limit(3).map(p -> p.name().toString()).toList());
        return Optional.of(Finding.at(
                        PairCheck.start(where),
                        Code.SS706,
                        ParameterList.count(parameters) + " without a partner in " + name(elsewhere) + " (" + names
                                + (parameters.size() > 3 ? " ..." : "") + ")")
                .detail("If layers have other names there, say which under \"layers\" of the pair."));
    }

    /** A difference that no value explains, such as another order of clip and decay. */
    private List<Finding> unexplained() {
        Comparison comparison = compared.comparison();
        return Stream.concat(
                        comparison.groups().stream()
                                .filter(g -> !g.verdict().isProven())
                                .map(g -> Finding.at(
                                        PairCheck.start(target),
                                        g.cause().equals(Optional.of(Comparison.Cause.CLIPPING))
                                                ? Code.SS705
                                                : Code.SS703,
                                        ParameterList.count(g.parameters()) + ": "
                                                + g.verdict().kind().words() + " "
                                                + g.verdict().condition()
                                                + g.cause()
                                                        .map(c -> " (" + c.word() + ")")
                                                        .orElse("")
                                                + " against " + name(source))),
                        Stream.of(comparison.schedule().verdict())
                                .filter(verdict -> !verdict.isProven())
                                .map(verdict -> Finding.at(
                                        PairCheck.start(target),
                                        Code.SS704,
                                        "learning rate: " + verdict.kind().words() + ", " + verdict.condition())))
                .toList();
    }
}
