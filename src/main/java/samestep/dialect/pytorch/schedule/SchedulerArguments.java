package samestep.dialect.pytorch.schedule;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.live.RateTable;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.Signatures;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.Spelling;

/**
 * Whether a scheduler is one that is known, with arguments that it has. Python raises TypeError for another; another package's
 * class of the same name is another class.
 */
public final class SchedulerArguments {
    /** Whose schedulers are known; some of these names stand for a library's own reading of its file. */
    private static final Set<String> PACKAGES = Set.of(
            "torch",
            "transformers",
            "torchtune",
            "torchtitan",
            "timm",
            "lightning",
            "pytorch_lightning",
            "detectron2",
            "fvcore",
            "slowfast",
            "pycls",
            "ultralytics",
            "mmengine",
            "mmcv",
            "deepspeed",
            "axolotl");
    /** Before the names of functions that transformers' Trainer calls, with the run's lengths as arguments. */
    public static final String OF_TRAINER = "transformers.trainer.";

    /** What a reader of DeepSpeed's file adds to a schedule that sets no first rate. */
    public static final String FIRST_AT_LR = "the first update at lr";

    /** Of earlier versions, of Lightning's ReduceLROnPlateau, and what readers add. */
    private static final Set<String> OTHERS = Set.of("verbose", "monitor", FIRST_AT_LR);

    private final List<Finding> findings;

    SchedulerArguments(List<Finding> findings) {
        this.findings = findings;
    }

    /** Whether a scheduler and its parts can be read; else findings say why. */
    boolean areKnown(PytorchObject scheduler) {
        String path = scheduler.classPath();
        boolean elsewhere = path.contains(".") && !PACKAGES.contains(path.substring(0, path.indexOf('.')));
        if (elsewhere) {
            findings.add(Finding.of(Code.SS010, "the scheduler " + path + " cannot be read yet")
                    .at(scheduler.place()));
            return false;
        }
        int before = findings.size();
        String key = Signatures.of(path).isEmpty() ? scheduler.className() : path;
        // These were held against their own files, before lengths were counted in updates.
        boolean held = path.startsWith("mmengine.")
                || path.startsWith("fvcore.")
                || path.startsWith(OF_TRAINER)
                || path.startsWith("axolotl.")
                || scheduler.get(RateTable.RATES).isPresent();
        if (!held) {
            scheduler
                    .arguments()
                    .forEach((name, value) -> unknown(scheduler.className(), key, name, value.place())
                            .ifPresent(findings::add));
        }
        scheduler.arguments().values().stream()
                .flatMap(value -> value instanceof Many many ? many.values().stream() : List.of(value).stream())
                .forEach(this::part);
        return findings.size() == before;
    }

    private void part(PytorchValue value) {
        if (value instanceof Call call) {
            areKnown(call.object());
        }
    }

    /**
     * The finding for an argument that a scheduler does not have.
     *
     * @param name the scheduler's, for the message
     * @param key what it is called among the signatures; nothing is reported where it is not among them
     */
    public static Optional<Finding> unknown(String name, String key, String argument, Optional<Place> place) {
        List<String> known = Signatures.of(key);
        if (known.isEmpty() || known.contains(argument) || OTHERS.contains(argument)) {
            return Optional.empty();
        }
        String near = Spelling.nearest(argument, known);
        return Optional.of(Finding.of(
                        Code.SS004,
                        name + " has no argument " + argument + (near.isEmpty() ? "" : "; did you mean " + near + "?"))
                .at(place));
    }
}
