package samestep.dialect.pytorch.mmengine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Entries;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** What a configuration says beside its optimizer: hooks, and layers that are frozen. */
final class Around {
    private static final int DEEPEST = 12;
    /** Hooks of the libraries that read a run, save it, or change its data. */
    private static final Set<String> HARMLESS = Set.of(
            "IterTimerHook",
            "LoggerHook",
            "ParamSchedulerHook",
            "CheckpointHook",
            "DistSamplerSeedHook",
            "DetVisualizationHook",
            "SegVisualizationHook",
            "VisualizationHook",
            "Det3DVisualizationHook",
            "PoseVisualizationHook",
            "NumClassCheckHook",
            "CheckInvalidLossHook",
            "EmptyCacheHook",
            "SyncBuffersHook",
            "RuntimeInfoHook",
            "NaiveVisualizationHook",
            "ProfilerHook",
            "MemoryProfilerHook",
            "PipelineSwitchHook",
            "TextLoggerHook",
            "TensorboardLoggerHook",
            "WandbLoggerHook",
            "DebugPipelineHook",
            "BadCaseAnalysisHook");

    /** Hooks that average the weights. */
    static final Set<String> AVERAGES = Set.of("EMAHook", "ExpMomentumEMAHook", "LinearMomentumEMAHook");

    private final Entries all;
    private final List<Finding> findings;

    Around(Entries all, List<Finding> findings) {
        this.all = all;
        this.findings = findings;
    }

    /** Says all of it. */
    void check() {
        all.get("model").ifPresent(model -> frozen(model, 0));
        for (String field : List.of("custom_hooks", "default_hooks", "log_config")) {
            Optional<Value> hooks = all.get(field);
            if (hooks.isPresent() && hooks.get() instanceof Sequence list) {
                list.elements().forEach(this::hook);
            } else if (hooks.isPresent() && hooks.get() instanceof Mapping mapping) {
                mapping.entries().forEach(entry -> hook(entry.value()));
            }
        }
    }

    /** Whether the hook that steps the schedulers is the usual one. */
    boolean stepsSchedulers() {
        Optional<Entries> hook =
                all.get("default_hooks").filter(Mapping.class::isInstance).isPresent()
                        ? all.inner("default_hooks")
                                .flatMap(hooks -> hooks.get("param_scheduler").isPresent()
                                        ? hooks.inner("param_scheduler")
                                        : Optional.empty())
                        : Optional.empty();
        Optional<String> type = hook.flatMap(h -> h.text("type")).filter(t -> !t.equals("ParamSchedulerHook"));
        type.ifPresent(t -> findings.add(
                Finding.at(hook.get().place(), Code.SS441, "the hook " + t + " sets the rate, and is not read")
                        .detail("Only the named rate is known.")));
        return type.isEmpty();
    }

    private void hook(Value value) {
        if (!(value instanceof Mapping mapping)) {
            return;
        }
        Entries hook = new Entries(mapping, "", all.place(), findings);
        String type = mapping.get("type").flatMap(Entries::word).orElse("");
        if (AVERAGES.contains(type)) {
            findings.add(Finding.at(
                    hook.place(), Code.SS212, type + " averages the weights for validation; no update depends on it"));
        } else if (!type.isEmpty() && !HARMLESS.contains(type)) {
            findings.add(Finding.at(
                    hook.place(),
                    Code.SS043,
                    "the hook " + type + " may change what an update does; this is not read"));
        }
    }

    private void frozen(Value value, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (value instanceof Sequence list) {
            list.elements().forEach(element -> frozen(element, depth + 1));
        }
        if (!(value instanceof Mapping mapping)) {
            return;
        }
        mapping.get("frozen_stages")
                .filter(stages -> stages instanceof Value.Number number && number.value() >= 0)
                .ifPresent(stages -> said(mapping, "the model freezes its first stages (frozen_stages)"));
        mapping.get("requires_grad")
                .filter(trained -> trained instanceof Value.Bool bool && !bool.value())
                .ifPresent(trained -> said(mapping, "the model freezes layers (requires_grad=False)"));
        mapping.entries().forEach(entry -> frozen(entry.value(), depth + 1));
    }

    private void said(Mapping mapping, String what) {
        findings.add(Finding.at(
                mapping.place().orElse(all.place()), Code.SS302, what + ": which parameters that are, no file says"));
    }
}
