package samestep.dialect.pytorch.python;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.form.OptimizerWriter;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.TorchNames;
import samestep.recipe.ParameterRule;
import samestep.recipe.Stage;

/**
 * The classes and functions that a Python text defines: what PyTorch does not have. The reader of programs knows each by its
 * text, and by nothing else: a definition with the same name and another text is the program's own.
 */
public final class PythonDefinitions {
    /** Before the names by which the reader knows them; nothing that a program imports has such a name. */
    public static final String OURS = "<samestep>.";
    /** {@code parameter_groups(model, groups)}. */
    public static final String GROUPS_BY_NAME = OURS + "parameter_groups";
    /** {@code groups_by_kind(model, kinds, groups)}. */
    public static final String GROUPS_BY_KIND = OURS + "groups_by_kind";
    /** {@code freeze(model, names)}. */
    public static final String FREEZES = OURS + "freeze";
    /** {@code parameters_are(model, roles)}. */
    public static final String SAYS_ROLES = OURS + "parameters_are";
    /** {@code sum_over_batch(loss)}. */
    public static final String SUM_OVER_BATCH = OURS + "sum_over_batch";
    /** {@code mean_of_squares(loss)}. */
    public static final String MEAN_OF_SQUARES = OURS + "mean_of_squares";
    /** Both. */
    public static final String SUM_OF_MEAN_SQUARES = OURS + "sum_of_mean_squares";
    /** Before the name of a rule: {@code kinds_of_parameters(model)}. */
    public static final String KINDS = OURS + "kinds_of_parameters.";

    private static final String CLASS_PATH = "samestep.";

    private static final String RATE_IN_VELOCITY = """
        class RateInVelocitySGD(torch.optim.SGD):
            \"""SGD whose velocity carries the learning rate.

            It is torch's own step with a rate of 1 and without decay, fed rate * (gradient + decay * weight).
            \"""

            @torch.no_grad()
            def step(self, closure=None):
                loss = None
                if closure is not None:
                    with torch.enable_grad():
                        loss = closure()
                own = [(group["lr"], group["weight_decay"]) for group in self.param_groups]
                for group in self.param_groups:
                    for parameter in group["params"]:
                        if parameter.grad is not None:
                            parameter.grad.add_(parameter, alpha=group["weight_decay"]).mul_(group["lr"])
                    group["lr"], group["weight_decay"] = 1.0, 0.0
                super().step()
                for group, (rate, decay) in zip(self.param_groups, own):
                    group["lr"], group["weight_decay"] = rate, decay
                return loss


        """;

    private static final String GLOBAL_NORM = """
        def clip_global_norm(parameters, max_norm):
            \"""torch.nn.utils.clip_grad_norm_ without the 0.000001 that it adds to the norm.\"""
            gradients = [p.grad for p in parameters if p.grad is not None]
            norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
            if norm > max_norm:
                for gradient in gradients:
                    gradient.mul_(max_norm / norm)


        """;

    private static final String EACH_NORM = """
        def clip_each_norm(parameters, max_norm):
            \"""Each gradient by itself is made no longer than max_norm.\"""
            for gradient in [p.grad for p in parameters if p.grad is not None]:
                norm = torch.linalg.vector_norm(gradient)
                if norm > max_norm:
                    gradient.mul_(max_norm / norm)


        """;

    private static final String EACH_GUARDED_NORM = """
        def clip_grad_norm_of_each_(parameters, max_norm):
            \"""torch.nn.utils.clip_grad_norm_ for each gradient by itself, as detectron2 does.\"""
            for parameter in parameters:
                torch.nn.utils.clip_grad_norm_(parameter, max_norm=max_norm)


        """;

    private static final String SUMMED_LOSS = """
        def sum_over_batch(loss):
            \"""The loss itself, which has to be the sum over the batch.\"""
            return loss


        """;

    private static final String SQUARED_LOSS = """
        def mean_of_squares(loss):
            \"""The loss itself, which has to be torch.nn.functional.mse_loss: the mean over batch and outputs.\"""
            return loss


        """;

    private static final String SUMMED_SQUARES = """
        def sum_of_mean_squares(loss):
            \"""The loss itself, which has to be the mean of squares over outputs, summed over the batch.\"""
            return loss


        """;

    private static final String FREEZE = """
        def freeze(model, names):
            \"""Leaves the parameters of these names as they are.\"""
            named = dict(model.named_parameters(remove_duplicate=False))
            for name in names:
                named[name].requires_grad_(False)


        """;

    private static final String ROLES = """
        def parameters_are(model, roles):
            \"""What parameters are for whose names do not say so; each has to be in the model.\"""
            missing = set(roles) - {name for name, _ in model.named_parameters(remove_duplicate=False)}
            if missing:
                raise ValueError(f"not in the model: {sorted(missing)}")


        """;

    private static final String BY_NAME = """
        def parameter_groups(model, groups):
            \"""Each parameter that is trained, once, in the group that has its name.\"""
            named = dict(model.named_parameters(remove_duplicate=False))
            found, seen = [], set()
            for names, arguments in groups:
                parameters = [named[name] for name in names if named[name].requires_grad]
                once = list({id(p): p for p in parameters if id(p) not in seen}.values())
                seen.update(id(p) for p in once)
                found.append({"params": once, **arguments})
            for path, parameter in model.named_parameters():
                if parameter.requires_grad and id(parameter) not in seen:
                    raise ValueError(f"{path} is in no group")
            return [group for group in found if group["params"]]


        """;

    private static final String FOUND = "        parameters = [named[name] for name in names";
    private static final String BOTH_WAYS = "        # A recurrent layer may read both ways.\n"
            + "        both = [n for name in names for n in (name, name + \"_reverse\")]\n"
            + "        names = [n for n in both if n in names or n in named]\n";

    private static final String BY_KIND = """
        def groups_by_kind(model, kinds, groups):
            \"""Each parameter that is trained, once, in the group that has its name, or else its kind.\"""
            members = [[] for _ in groups]
            for path, parameter in model.named_parameters():
                if parameter.requires_grad:
                    named = [m for m, (names, _) in zip(members, groups) if path in names]
                    found = named or [m for m, (names, _) in zip(members, groups) if kinds[path] in names]
                    if not found:
                        raise ValueError(f"{path} is in no group: {kinds[path]}")
                    found[0].append(parameter)
            return [{"params": m, **arguments} for m, (_, arguments) in zip(members, groups) if m]


        """;

    private PythonDefinitions() {}

    /**
     * What a definition of a program is, if it is one of these.
     *
     * @param text all of it, from its first decorator, {@code def} or {@code class} to its last line
     * @return its name, which begins with {@link #OURS}
     */
    public static Optional<String> named(String text) {
        return Optional.ofNullable(Known.NAMES.get(text.strip()));
    }

    /** The class path of an optimizer that a name is for; empty for another name. */
    public static Optional<String> optimizer(String name) {
        return name.equals(OURS + OptimizerWriter.RATE_IN_VELOCITY.substring(CLASS_PATH.length()))
                ? Optional.of(OptimizerWriter.RATE_IN_VELOCITY)
                : Optional.empty();
    }

    /** All texts, at the first use. */
    private static final class Known {
        private static final Map<String, String> NAMES = new LinkedHashMap<>();

        static {
            put(RATE_IN_VELOCITY, OURS + OptimizerWriter.RATE_IN_VELOCITY.substring(CLASS_PATH.length()));
            for (Stage.Clip.Kind kind : Stage.Clip.Kind.values()) {
                put(definition(kind), OURS + GradientClips.function(kind));
            }
            put(SUMMED_LOSS, SUM_OVER_BATCH);
            put(SQUARED_LOSS, MEAN_OF_SQUARES);
            put(SUMMED_SQUARES, SUM_OF_MEAN_SQUARES);
            put(FREEZE, FREEZES);
            put(ROLES, SAYS_ROLES);
            put(BY_NAME, GROUPS_BY_NAME);
            put(BY_NAME.replace(FOUND, BOTH_WAYS + FOUND), GROUPS_BY_NAME);
            put(BY_KIND, GROUPS_BY_KIND);
            ParameterRules.all().forEach(rule -> put(KindPython.of(rule), KINDS + rule.name()));
        }

        private static void put(String text, String name) {
            if (!text.isEmpty()) {
                NAMES.put(text.strip(), name);
            }
        }
    }

    /**
     * The definitions that a configuration needs; empty where PyTorch has them all.
     *
     * @param rule by which its groups tell parameters apart; empty where they name them
     */
    static String of(
            PytorchConfiguration configuration, Optional<ParameterRule> rule, boolean saysRoles, TorchNames torch) {
        Set<String> texts = new LinkedHashSet<>();
        if (configuration.optimizer().classPath().equals(OptimizerWriter.RATE_IN_VELOCITY)) {
            texts.add(RATE_IN_VELOCITY);
        }
        for (BeforeStep before : configuration.beforeStep()) {
            if (before.stage() instanceof Stage.LossScale scale) {
                texts.add(definition(scale.form()));
            }
        }
        GradientClips.in(configuration.beforeStep()).stream()
                .map(Stage.Clip::kind)
                .forEach(kind -> texts.add(definition(kind)));
        texts.add(saysRoles ? ROLES : "");
        texts.add(configuration.frozen().isEmpty() ? "" : FREEZE);
        if (rule.isPresent()) {
            texts.add(KindPython.of(rule.get()));
            texts.add(BY_KIND);
        } else if (!configuration.groups().isEmpty()) {
            texts.add(torch.mayReverse() ? BY_NAME.replace(FOUND, BOTH_WAYS + FOUND) : BY_NAME);
        }
        return String.join("", texts);
    }

    private static String definition(Stage.LossScale.Form form) {
        return switch (form) {
            case WEIGHTED -> "";
            case SUMMED -> SUMMED_LOSS;
            case MEAN_SQUARE -> SQUARED_LOSS;
            case SUMMED_SQUARE -> SUMMED_SQUARES;
        };
    }

    private static String definition(Stage.Clip.Kind kind) {
        return switch (kind) {
            case GLOBAL_NORM -> GLOBAL_NORM;
            case TENSOR_NORM -> EACH_NORM;
            case GUARDED_TENSOR_NORM -> EACH_GUARDED_NORM;
            case VALUE, GUARDED_GLOBAL_NORM -> "";
        };
    }
}
