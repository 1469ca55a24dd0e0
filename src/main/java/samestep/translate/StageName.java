package samestep.translate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.dialect.write.ClipPlan;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.IndependentDecay;
import samestep.recipe.NormLimit;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

/**
 * What a stage is called in findings, and which findings say that it is not written.
 *
 * @param kind equal for stages that do the same but for their numbers
 * @param words with the number
 * @param codes the codes of findings that name it; the first is used where no writer does
 * @param number as in findings; empty where there is no number
 * @param place where the source says it
 * @param isNothing whether nothing happens without it as well
 */
record StageName(String kind, String words, List<Code> codes, String number, Optional<Place> place, boolean isNothing) {
    private static final List<Code> PENALTY =
            List.of(Code.SS103, Code.SS131, Code.SS141, Code.SS501, Code.SS541, Code.SS204);

    StageName {
        codes = List.copyOf(codes);
    }

    private static StageName of(String kind, String words, List<Code> codes, Quantity number) {
        String written = number.written();
        return new StageName(kind, words + " of " + written, codes, written, number.place(), number.isZero());
    }

    /** The names of a parameter's stages; a sum that is divided by its number of micro-steps is a mean. */
    static List<StageName> of(Parameter parameter) {
        Optional<Stage> divided = parameter.stages(Stage.Accumulation.class).stream()
                .filter(a -> !a.mean())
                .findFirst()
                .flatMap(a -> parameter.stages(Stage.Scale.class).stream()
                        .filter(s -> isShare(s.factor(), a.microSteps()))
                        .map(Stage.class::cast)
                        .findFirst());
        return parameter.stages().stream()
                .filter(stage -> divided.isEmpty() || !stage.equals(divided.get()))
                .map(stage -> divided.isPresent() && stage instanceof Stage.Accumulation sum
                        ? of(new Stage.Accumulation(sum.microSteps(), true))
                        : of(stage))
                .toList();
    }

    private static boolean isShare(Quantity factor, int steps) {
        BigDecimal whole = factor.decimal().multiply(BigDecimal.valueOf(steps));
        return whole.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("1e-12")) < 0;
    }

    private static StageName of(Stage stage) {
        if (stage instanceof Stage.LossScale scale) {
            return of("loss " + scale.form(), words(scale.form()), List.of(Code.SS902, Code.SS541), scale.weight());
        }
        if (stage instanceof Stage.Penalty penalty) {
            return of(penalty.norm().name(), "the penalty " + penalty.norm(), PENALTY, penalty.coefficient());
        }
        if (stage instanceof Stage.Clip clip) {
            String what = ClipPlan.words(clip.kind());
            StageName name = of("clip " + what, "the limit", List.of(Code.SS502, Code.SS541), clip.threshold());
            return new StageName(
                    name.kind,
                    "the limit of " + clip.threshold().written() + " for " + what,
                    name.codes,
                    name.number,
                    name.place,
                    false);
        }
        if (stage instanceof Stage.DecoupledDecay decay) {
            List<Code> codes = List.of(Code.SS141, Code.SS103, Code.SS204, Code.SS541);
            return of("decoupled decay", "the decay beside the gradient", codes, decay.coefficient());
        }
        if (stage instanceof IndependentDecay decay) {
            List<Code> codes = List.of(Code.SS141, Code.SS103, Code.SS204);
            return of("independent decay", "the decay without the learning rate", codes, decay.share());
        }
        if (stage instanceof NormLimit limit) {
            return of("norm limit", "the largest norm of a column", List.of(Code.SS103), limit.limit());
        }
        if (stage instanceof OrthogonalPenalty penalty) {
            return of("orthogonal " + penalty.rows(), "the orthogonal penalty", PENALTY, penalty.factor());
        }
        return withoutNumber(stage);
    }

    private static String words(Stage.LossScale.Form form) {
        return switch (form) {
            case WEIGHTED -> "the loss' factor";
            case SUMMED -> "the sum over the batch in the loss, times a factor";
            case MEAN_SQUARE -> "the mean of squares in the loss, times a factor";
            case SUMMED_SQUARE -> "the sum over the batch of mean squares in the loss, times a factor";
        };
    }

    private static StageName withoutNumber(Stage stage) {
        if (stage instanceof Stage.Accumulation accumulation) {
            String steps = Integer.toString(accumulation.microSteps());
            String how = accumulation.mean() ? "mean" : "sum";
            return new StageName(
                    "accumulation " + how,
                    "the " + how + " of " + steps + " micro-steps",
                    List.of(Code.SS512, Code.SS204, Code.SS541),
                    steps,
                    Optional.empty(),
                    accumulation.microSteps() == 1);
        }
        if (stage instanceof UnknownStage unknown) {
            return new StageName(
                    "unknown", unknown.what(), List.of(Code.SS103), unknown.what(), Optional.empty(), false);
        }
        if (stage instanceof Stage.Scale scale) {
            boolean one = scale.factor().isOne();
            StageName name = of("scale", "the gradient's factor", List.of(Code.SS204), scale.factor());
            return new StageName(name.kind, name.words, name.codes, name.number, name.place, one);
        }
        boolean declared = stage instanceof DeclaredPenalty;
        // Every result has an optimizer; its hyper-parameters are named one by one.
        String kind = declared ? "declared penalty" : "optimizer";
        return new StageName(kind, kind, List.of(Code.SS204), "", Optional.empty(), true);
    }

    /** The code where no writer names it. */
    Code code() {
        return codes.get(0);
    }

    /** Whether a finding says that this stage is not written as it is: by its code, with its number or at its place. */
    boolean isNamedBy(Finding finding) {
        boolean here = place.isPresent() && finding.place().equals(place);
        String text = (finding.message() + " " + String.join(" ", finding.details())).toLowerCase(Locale.ROOT);
        return codes.contains(finding.code())
                && (here || !number.isEmpty() && text.contains(number.toLowerCase(Locale.ROOT)));
    }
}
