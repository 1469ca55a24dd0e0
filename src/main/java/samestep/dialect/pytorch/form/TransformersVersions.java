package samestep.dialect.pytorch.form;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.version.Dated;
import samestep.recipe.version.Installed;

/** What the same words of TrainingArguments mean in versions 4 and 5 of transformers; run with 4.36.2 and 5.24.0, read in 5.0.0, 5.14.1 and 5.15.0. */
public final class TransformersVersions {
    private static final String REFUSED = "refused";
    private static final String RATIO = "taken before warmup_steps";

    /** training_args.py: __post_init__ of 5.0.0 to 5.14.1 puts warmup_ratio in the place of warmup_steps. */
    private static final Dated WARMUP_RATIO = Dated.parse(
                    REFUSED + ", " + RATIO + " before 5.15.0, taken after it before 5.0.0")
            .orElseThrow();

    private static final Dated SHARE =
            Dated.parse("a share, a number of steps before 5.0.0").orElseThrow();

    private TransformersVersions() {}

    /** The field that decides where both are given; warmup_steps of a version that is not known. */
    public static String warmUpField(Fields fields) {
        boolean ratioDecides = fields.has("warmup_ratio")
                && ofRatio(fields).filter(RATIO::equals).isPresent();
        return ratioDecides ? "warmup_ratio" : "warmup_steps";
    }

    private static Optional<String> ofRatio(Fields fields) {
        return fields.version().flatMap(v -> WARMUP_RATIO.in(v.releases()));
    }

    /** Says which versions the fields are for. */
    public static void explain(Fields fields, List<Finding> findings) {
        warmUp(fields).ifPresent(findings::add);
        accumulation(fields, findings);
    }

    /** Says how the batches of an accumulation are weighed. */
    public static void accumulation(Fields fields, List<Finding> findings) {
        if (fields.count("gradient_accumulation_steps").longValue() > 1) {
            findings.add(Finding.of(
                            Code.SS902,
                            "transformers weighs the batches of an accumulation by their tokens since 4.46, where the"
                                    + " model takes num_items_in_batch; here it is the mean of the batches")
                    .at(fields.place("gradient_accumulation_steps")));
        }
    }

    private static Optional<Finding> warmUp(Fields fields) {
        BigDecimal warmup = fields.count("warmup_steps");
        if (fields.has("warmup_ratio")) {
            boolean both = warmup.signum() > 0;
            return ofRatio(fields)
                    .map(known -> ofKnown(fields, known, both))
                    .orElseGet(() -> Optional.of(ofAny(fields, both)))
                    .map(finding -> finding.at(fields.place("warmup_ratio")));
        }
        if (warmup.signum() <= 0 || warmup.compareTo(BigDecimal.ONE) >= 0) {
            return Optional.empty();
        }
        Finding share = Finding.of(
                        Code.SS432,
                        "warmup_steps below 1 is a share of the run in transformers 5; version 4 takes whole"
                                + " steps, and its word for the share is warmup_ratio")
                .at(fields.place("warmup_steps"));
        Optional<String> known = fields.version().flatMap(v -> SHARE.in(v.releases()));
        return known.isPresent() && known.get().equals(SHARE.newest())
                ? Optional.empty()
                : Optional.of(
                        known.isEmpty()
                                ? share
                                : share.as(Severity.WARNING)
                                        .detail("Read as version 5; this is "
                                                + fields.version().orElseThrow().words() + "."));
    }

    /** In all versions that the run may have. */
    private static Optional<Finding> ofKnown(Fields fields, String known, boolean both) {
        Installed version = fields.version().orElseThrow();
        Finding finding = Finding.of(Code.SS432, "").by(version.used());
        if (known.equals(REFUSED)) {
            return Optional.of(finding.as(Severity.WARNING)
                    .saying(version.words()
                            + " refuses warmup_ratio (TypeError); a warmup_steps below 1 is the share"));
        }
        return both && known.equals(RATIO)
                ? Optional.of(finding.saying(
                        "warmup_ratio comes before warmup_steps in " + version.words() + ", not in version 4"))
                : Optional.empty();
    }

    /** A file that a program of version 4 wrote has every argument, and a ratio of 0. */
    private static Finding ofAny(Fields fields, boolean both) {
        Finding finding = Finding.of(
                Code.SS432,
                "transformers refuses warmup_ratio since 5.15.0 (TypeError); a warmup_steps below 1 is the share since"
                        + " 5.0.0");
        return both
                ? (fields.count("warmup_ratio").signum() > 0 ? finding.as(Severity.WARNING) : finding)
                        .detail(
                                "Versions 5.0.0 to 5.14.1 take warmup_ratio where both are given; version 4, as which it is"
                                        + " read, takes warmup_steps.")
                : finding;
    }
}
