package samestep.check.rules;

import java.util.List;
import java.util.Set;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;

/**
 * Documents for programs that read {@code 1e-4} as a number although PyYAML does not: OmegaConf (Hydra, torchtune, fairseq,
 * NeMo) and jsonargparse (Lightning) resolve it themselves, yacs evaluates texts, argparse (timm) and PaddleClas convert the
 * defaults that they are given, mlx-lm's lora.py gives PyYAML a resolver. Tried with OmegaConf 2.3, jsonargparse 4.53, yacs 0.1.8 and Python's argparse.
 */
final class NumberReaders {
    /** Names that only documents for OmegaConf and jsonargparse have. */
    private static final Set<String> RESOLVED = Set.of("_target_", "_component_", "_name", "class_path");
    /** The keys at the top of a document for Hydra, for timm, for PaddleClas, for mlx-lm. */
    private static final List<Set<String>> TOP = List.of(
            Set.of("defaults"),
            Set.of("opt", "sched"),
            Set.of("Global", "Optimizer"),
            Set.of("iters", "learning_rate", "lr_schedule"),
            Set.of("iters", "learning_rate", "optimizer_config"),
            Set.of("iters", "learning_rate", "lora_parameters"));

    private NumberReaders() {}

    /** Whether such a program reads a document. */
    static boolean read(YamlValue document) {
        if (!(document instanceof YamlMapping top)) {
            return false;
        }
        List<String> names = top.entries().stream().map(YamlEntry::name).toList();
        return TOP.stream().anyMatch(names::containsAll) || isForYacs(names) || isForNemo(top) || isResolved(document);
    }

    private static boolean isForNemo(YamlMapping top) {
        boolean trained = top.entries().stream().anyMatch(entry -> entry.name().equals("trainer"));
        return trained
                && top.entries().stream()
                        .anyMatch(entry -> entry.name().equals("model")
                                && entry.value() instanceof YamlMapping model
                                && model.entries().stream()
                                        .anyMatch(e -> e.name().equals("optim")));
    }

    /** Names of sections are in capitals there. */
    private static boolean isForYacs(List<String> names) {
        return !names.isEmpty() && names.stream().allMatch(name -> name.matches("[A-Z][A-Z0-9_]*"));
    }

    private static boolean isResolved(YamlValue value) {
        if (value instanceof YamlSequence sequence) {
            return sequence.elements().stream().anyMatch(NumberReaders::isResolved);
        }
        return value instanceof YamlMapping mapping
                && mapping.entries().stream()
                        .anyMatch(entry -> RESOLVED.contains(entry.name()) || isResolved(entry.value()));
    }
}
