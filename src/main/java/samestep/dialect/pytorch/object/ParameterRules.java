package samestep.dialect.pytorch.object;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samestep.recipe.ParameterRule;
import samestep.recipe.ParameterRule.Case;
import samestep.recipe.ParameterRule.Kind;
import samestep.recipe.ParameterRule.Test;
import samestep.recipe.Role;

/** The rules by which libraries on top of PyTorch tell parameters apart. */
public final class ParameterRules {
    private static final Set<Role> VECTORS = Set.of(Role.BIAS, Role.BETA, Role.GAMMA);
    private static final String LIST = "no_weight_decay";
    /** Batch and instance normalisations of every dimension, and their subclasses. */
    private static final Test ANY_BATCH_NORM = new Test.ModuleIs(List.of("torch.nn.modules.batchnorm._NormBase"));

    private static final Kind BATCH_NORM = new Kind("batch normalisation", Set.of(Role.GAMMA, Role.BETA));
    private static final Kind ONE_DIMENSION = new Kind("one dimension", Set.of(Role.BIAS));
    private static final Kind DECAYED = new Kind("decayed", Set.of(Role.KERNEL));

    /** Source: Trainer.get_decay_parameter_names and trainer_pt_utils.get_parameter_names of transformers 5.24. */
    public static final ParameterRule TRANSFORMERS = binary(
            "transformers",
            "the Trainer of transformers 5.24",
            VECTORS,
            List.of(
                    new Test.PathHas("bias|layernorm|rmsnorm|(?:^|\\.)norm(?:$|\\.)|_norm(?:$|\\.)"),
                    new Test.IsInside("torch.nn.LayerNorm")));

    /** Source: timm/optim/_param_groups.py, param_groups_weight_decay, and _optim_factory.py of timm 1.0.31. */
    public static final ParameterRule TIMM = binary(
            "timm",
            "param_groups_weight_decay of timm 1.0.31",
            Set.of(Role.BIAS, Role.BETA, Role.GAMMA, Role.ALPHA),
            List.of(
                    new Test.MostDimensions(1),
                    new Test.PathHas("\\.bias$"),
                    new Test.ListedByModel("no_weight_decay")));

    /** Source: detectron2/solver/build.py of detectron2 0.6, get_default_optimizer_params. */
    public static final ParameterRule DETECTRON =
            modules("detectron2", "get_default_optimizer_params of detectron2 0.6");

    /** Source: mmengine/optim/optimizer/default_constructor.py of 0.10.7, add_params. */
    public static final ParameterRule MMENGINE =
            modules("mmengine", "DefaultOptimWrapperConstructor of mmengine 0.10.7");

    /**
     * Source: construct_optimizer in slowfast/models/optimizer.py, since September 2021. Layer normalisations are decayed as weights are.
     * What the model lists is not decayed, and is in no group of a model that should list nothing.
     */
    public static final ParameterRule SLOWFAST = new ParameterRule(
            "slowfast",
            "construct_optimizer of SlowFast",
            List.of(
                    new Case(ANY_BATCH_NORM, BATCH_NORM),
                    new Case(new Test.PartListedByModel(LIST), new Kind("listed by the model", Set.of()))),
            Optional.of(new Kind("decayed", Set.of(Role.KERNEL, Role.BIAS))));

    /** The same with SOLVER.ZERO_WD_1D_PARAM. */
    public static final ParameterRule SLOWFAST_VECTORS = new ParameterRule(
            "slowfast-1d",
            "construct_optimizer of SlowFast with ZERO_WD_1D_PARAM",
            List.of(
                    new Case(ANY_BATCH_NORM, BATCH_NORM),
                    new Case(new Test.PartListedByModel(LIST), ONE_DIMENSION),
                    new Case(
                            new Test.All(List.of(new Test.MostDimensions(1), new Test.LeastDimensions(1))),
                            ONE_DIMENSION),
                    new Case(new Test.NameIs("bias"), ONE_DIMENSION)),
            Optional.of(DECAYED));

    /** Source: construct_optimizer in pycls/core/optimizer.py, since July 2021. Both normalisations have one decay. */
    public static final ParameterRule PYCLS =
            pycls("pycls", Set.of(Role.GAMMA, Role.BETA), Set.of(Role.GAMMA, Role.BETA));

    /** The same for a model that has batch normalisations only. */
    public static final ParameterRule PYCLS_BATCH = pycls("pycls-bn", Set.of(Role.GAMMA, Role.BETA), Set.of());

    /** The same for a model that has layer normalisations only. */
    public static final ParameterRule PYCLS_LAYER = pycls("pycls-ln", Set.of(), Set.of(Role.GAMMA, Role.BETA));

    /**
     * Source: build_optimizer in ultralytics/engine/trainer.py of 8.4.190. It takes every class of torch.nn with Norm in its
     * name, and what is derived from one.
     */
    public static final ParameterRule ULTRALYTICS = new ParameterRule(
            "ultralytics",
            "build_optimizer of ultralytics 8.4.190",
            List.of(
                    new Case(new Test.PathContains("bias"), new Kind("bias", Set.of(Role.BIAS, Role.BETA))),
                    new Case(
                            new Test.ModuleIs(List.of(
                                    "torch.nn.modules.batchnorm._NormBase",
                                    "torch.nn.GroupNorm",
                                    "torch.nn.LayerNorm",
                                    "torch.nn.LocalResponseNorm",
                                    "torch.nn.RMSNorm")),
                            new Kind("norm", Set.of(Role.GAMMA))),
                    new Case(new Test.PathContains("logit_scale"), new Kind("norm", Set.of(Role.GAMMA)))),
            Optional.of(DECAYED));

    /** What parameters are for, by PyTorch's own names: for groups that come from no library. Others are not guessed. */
    public static final ParameterRule BY_ROLE = byRole();

    private static final List<ParameterRule> KNOWN = List.of(
            TRANSFORMERS,
            TIMM,
            DETECTRON,
            MMENGINE,
            SLOWFAST,
            SLOWFAST_VECTORS,
            PYCLS,
            PYCLS_BATCH,
            PYCLS_LAYER,
            ULTRALYTICS);

    private ParameterRules() {}

    /** What documents call the rules. */
    public static List<String> names() {
        return KNOWN.stream().map(ParameterRule::name).toList();
    }

    /** Every rule here. */
    public static List<ParameterRule> all() {
        return Stream.concat(KNOWN.stream(), Stream.of(BY_ROLE)).toList();
    }

    /** The rule that documents call so. */
    public static Optional<ParameterRule> named(String name) {
        return KNOWN.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    private static ParameterRule binary(String name, String source, Set<Role> without, List<Test> tests) {
        Kind left = new Kind("not decayed", without);
        return new ParameterRule(
                name, source, tests.stream().map(test -> new Case(test, left)).toList(), Optional.of(DECAYED));
    }

    private static ParameterRule modules(String name, String source) {
        Test norm = new Test.ModuleIs(List.of(
                "torch.nn.BatchNorm1d",
                "torch.nn.BatchNorm2d",
                "torch.nn.BatchNorm3d",
                "torch.nn.SyncBatchNorm",
                "torch.nn.GroupNorm",
                "torch.nn.InstanceNorm1d",
                "torch.nn.InstanceNorm2d",
                "torch.nn.InstanceNorm3d",
                "torch.nn.LayerNorm"));
        Test bias = new Test.NameIs("bias");
        return new ParameterRule(
                name,
                source,
                List.of(
                        new Case(new Test.All(List.of(norm, bias)), kind(Role.BETA)),
                        new Case(norm, kind(Role.GAMMA)),
                        new Case(bias, kind(Role.BIAS))),
                Optional.of(kind(Role.KERNEL)));
    }

    /** By words in the whole name, the first that is found. */
    private static ParameterRule pycls(String name, Set<Role> batch, Set<Role> layer) {
        return new ParameterRule(
                name,
                "construct_optimizer of pycls",
                List.of(
                        new Case(new Test.PathContains("bn"), new Kind("bn", batch)),
                        new Case(new Test.PathContains("ln"), new Kind("ln", layer)),
                        new Case(new Test.PathContains("bias"), kind(Role.BIAS))),
                Optional.of(kind(Role.KERNEL)));
    }

    private static ParameterRule byRole() {
        Test norm = new Test.ModuleIsCalled("norm");
        return new ParameterRule(
                "roles",
                "what parameters are for",
                List.of(
                        new Case(new Test.All(List.of(norm, new Test.NameIs("bias|beta"))), kind(Role.BETA)),
                        new Case(new Test.All(List.of(norm, new Test.NameIs("weight|gamma|scale"))), kind(Role.GAMMA)),
                        new Case(new Test.NameIs("bias|bias_.*|.*_bias"), kind(Role.BIAS)),
                        new Case(
                                new Test.All(List.of(
                                        new Test.NameIs("weight|weight_.*|.*_weight"), new Test.LeastDimensions(2))),
                                kind(Role.KERNEL))),
                Optional.empty());
    }

    private static Kind kind(Role role) {
        return new Kind(role.word(), Set.of(role));
    }
}
