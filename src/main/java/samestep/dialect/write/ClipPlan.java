package samestep.dialect.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Clip.Kind;

/** Which of a recipe's clips a target gets, and a finding for each that it cannot have. */
public final class ClipPlan {
    private final Recipe recipe;
    private final ClipMeans means;
    private final List<Finding> findings;

    private ClipPlan(Recipe recipe, ClipMeans means, List<Finding> findings) {
        this.recipe = recipe;
        this.means = means;
        this.findings = findings;
    }

    /**
     * The clips to be written, in order, in the target's kinds and with the source's thresholds.
     *
     * @param parameter the one whose clips are written for all
     * @param findings where the findings go
     */
    public static List<Stage.Clip> of(Recipe recipe, Parameter parameter, ClipMeans means, List<Finding> findings) {
        ClipPlan plan = new ClipPlan(recipe, means, findings);
        List<Stage.Clip> written = new ArrayList<>();
        parameter
                .stages(Stage.Clip.class)
                .forEach(clip -> plan.one(clip, written).ifPresent(written::add));
        plan.others(parameter);
        return written;
    }

    private Optional<Stage.Clip> one(Stage.Clip clip, List<Stage.Clip> before) {
        Optional<Kind> kind = means.written(clip.kind());
        Optional<String> zero = kind.filter(k -> clip.threshold().isZero()).flatMap(this::otherZero);
        if (zero.isPresent()) {
            findings.add(unsaid(
                    clip,
                    "a threshold of 0 makes every gradient zero in " + recipe.framework() + "; " + means.target()
                            + zero.get() + ". No clipping is written"));
            return Optional.empty();
        }
        if (kind.isEmpty()) {
            findings.add(unsaid(
                    clip,
                    means.target() + " cannot clip " + words(clip.kind()) + ": the threshold of "
                            + clip.threshold().written() + " is not written"));
            return Optional.empty();
        }
        List<Kind> kinds = before.stream().map(Stage.Clip::kind).toList();
        if (!means.takes(kinds, kind.get())) {
            findings.add(unsaid(
                    clip,
                    means.target() + " cannot clip " + words(clip.kind()) + " after "
                            + words(kinds.get(kinds.size() - 1)) + ": the second threshold, "
                            + clip.threshold().written() + ", is not written"));
            return Optional.empty();
        }
        // A threshold of 0 makes every gradient 0, whatever it is divided by.
        if (!clip.threshold().isZero() && clip.kind().isGuarded() != kind.get().isGuarded()) {
            findings.add(guard(clip));
        }
        return Optional.of(new Stage.Clip(kind.get(), clip.threshold()));
    }

    /** What a threshold of 0 does in the target, where that is something else. */
    private Optional<String> otherZero(Kind kind) {
        return switch (means.zero(kind)) {
            case ZEROES -> Optional.empty();
            case IGNORED -> Optional.of(" ignores 0");
            case NOT_A_NUMBER -> Optional.of(" makes a gradient of 0 not a number");
        };
    }

    private Finding unsaid(Stage.Clip clip, String message) {
        return remedied(Finding.of(Code.SS502, message).at(clip.threshold().place()));
    }

    /** That one side divides by a norm with a small number beside it, and the other by the norm. */
    private Finding guard(Stage.Clip clip) {
        boolean here = clip.kind().isGuarded();
        String guarded = here ? recipe.framework() : means.target();
        String plain = here ? means.target() : recipe.framework();
        return remedied(Finding.of(
                        Code.SS531,
                        guarded + " divides by the norm plus 0.000001, " + plain + " by the norm: a gradient that is"
                                + " clipped to " + clip.threshold().written() + " is smaller by one millionth over its"
                                + " norm")
                .at(clip.threshold().place()));
    }

    private Finding remedied(Finding finding) {
        return means.remedy().map(finding::detail).orElse(finding);
    }

    /** What is written is written for all. */
    private void others(Parameter parameter) {
        List<List<Object>> said = clips(parameter);
        List<Parameter> others =
                recipe.trained().stream().filter(p -> !clips(p).equals(said)).toList();
        if (!others.isEmpty()) {
            findings.add(remedied(Finding.of(
                            Code.SS502,
                            means.target() + " clips all gradients alike: " + ParameterList.count(others)
                                    + " are clipped differently in " + recipe.framework())
                    .at(others.get(0).place())
                    .labelled(ParameterList.others(others))));
        }
    }

    private static List<List<Object>> clips(Parameter parameter) {
        return parameter.stages(Stage.Clip.class).stream()
                .map(Stage.Clip::behaviour)
                .toList();
    }

    /** What a kind clips, in words. */
    public static String words(Kind kind) {
        return switch (kind) {
            case VALUE -> "each entry of a gradient";
            case TENSOR_NORM, GUARDED_TENSOR_NORM -> "the norm of each gradient";
            case GLOBAL_NORM, GUARDED_GLOBAL_NORM -> "the norm of all gradients";
        };
    }
}
