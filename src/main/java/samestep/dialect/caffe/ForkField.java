package samestep.dialect.caffe;

import java.util.Map;
import java.util.Set;

/** Solver fields that forks of Caffe added, by what their own protos say they are for. */
final class ForkField {
    private static final Set<String> BESIDE_TRAINING = Set.of(
            "accuracy_average_window",
            "ap_version",
            "eval_type",
            "log_avg_gradient_norm",
            "output_average_results",
            "per_parameter_reduce",
            "show_per_class_result",
            "snapshot_include_state",
            "snapshot_include_weights",
            "store_blobs_in_old_format",
            "test_and_snapshot_last_epochs",
            "test_before_snapshot",
            "test_offset");

    private static final Map<String, String> TRAINING = Map.ofEntries(
            Map.entry("adamw_decay", "MyCaffe: the decoupled decay of its AdamW"),
            Map.entry("clip_weights", "caffe-windows: clips the weights"),
            Map.entry("larc", "NVIDIA: a rate for each layer from the norms of weight and gradient"),
            Map.entry("larc_eta", "NVIDIA: the trust coefficient of larc"),
            Map.entry("larc_policy", "NVIDIA: how larc and the rate are combined"),
            Map.entry("larc_turbo", "NVIDIA: a variant of larc"),
            Map.entry("local_gw_ratio", "Intel, NVIDIA: the coefficient of local_lr_auto"),
            Map.entry("local_lr_auto", "Intel, NVIDIA: a rate for each layer from the norms of weight and gradient"),
            Map.entry("max_momentum", "NVIDIA: the end of a momentum schedule"),
            Map.entry("max_weight_decay", "NVIDIA: the end of a weight decay schedule"),
            Map.entry("min_lr", "NVIDIA: the end of the learning-rate schedule"),
            Map.entry("momentum_policy", "NVIDIA: a schedule of the momentum"),
            Map.entry("momentum_power", "NVIDIA: the power of the momentum schedule"),
            Map.entry("rampup_interval", "NVIDIA: updates of warm-up"),
            Map.entry("rampup_lr", "NVIDIA: the learning rate where warm-up starts"),
            Map.entry("solver_data_type", "NVIDIA: the precision that the solver computes in"),
            Map.entry("stageiter", "SSD forks: when the learning rate changes"),
            Map.entry("stagelr", "SSD forks: the learning rates of the stages"),
            Map.entry("warmup_iter", "Intel: updates of warm-up"),
            Map.entry("warmup_start_lr", "Intel: the learning rate where warm-up starts"),
            Map.entry("weight_decay_policy", "NVIDIA: a schedule of the weight decay"),
            Map.entry("weight_decay_power", "NVIDIA: the power of the weight decay schedule"));

    private ForkField() {}

    /** Whether it only concerns display, testing or snapshots. */
    static boolean isBesideTraining(String name) {
        return BESIDE_TRAINING.contains(name);
    }

    /** Which fork's it is, and what for; empty when it is not known. */
    static String meaning(String name) {
        return TRAINING.getOrDefault(name, "");
    }
}
