package samestep.dialect.pytorch.program;

import java.util.Optional;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** Whether a clip is between the backward pass and the step, once for each step, and of gradients that are not scaled. */
final class ClipOrder {
    private ClipOrder() {}

    /** Says where it is not. */
    static void unread(
            RecordedCall clip, RecordedCall step, Trace trace, Optional<RecordedCall> backward, Unread unread) {
        if (clip.number() > step.number()) {
            unread.add(clip.place(), "gradients are clipped here, after the optimizer's step");
        } else if (backward.filter(b -> clip.number() < b.number()).isPresent()) {
            unread.add(clip.place(), "gradients are clipped here, before the backward pass");
        } else if (isOfEachBatch(clip, step)) {
            unread.add(
                    clip.place(), "gradients are clipped here for each batch, and the optimizer steps after several");
        } else if (isScaled(clip, trace, backward)) {
            unread.add(
                    clip.place(), "gradients are clipped here while they are scaled: unscale_ was not called before");
        }
    }

    private static boolean isOfEachBatch(RecordedCall clip, RecordedCall step) {
        return step.circumstances().conditions().stream()
                .filter(c -> Gradients.isCounted(c.test()))
                .anyMatch(c -> clip.circumstances().conditions().stream()
                        .noneMatch(d -> d.place().equals(c.place())));
    }

    /** Whether the loss was scaled by a scaler that did not unscale the gradients before the clip. */
    private static boolean isScaled(RecordedCall clip, Trace trace, Optional<RecordedCall> backward) {
        boolean isScaled = backward.flatMap(RecordedCall::owner)
                .filter(owner ->
                        owner instanceof Value.Made made && made.call().name().endsWith("GradScaler().scale"))
                .isPresent();
        return isScaled
                && trace.calls().stream()
                        .noneMatch(call -> call.lastName().equals("unscale_") && call.number() < clip.number());
    }
}
