package samestep.dialect.pytorch.python;

import samestep.dialect.pytorch.form.OptimizerWriter;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.recipe.Stage;

/** The classes and functions that a Python text defines: what PyTorch does not have. */
final class PythonDefinitions {
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

    private PythonDefinitions() {}

    /** The definitions that a configuration needs; empty where PyTorch has them all. */
    static String of(PytorchConfiguration configuration) {
        StringBuilder text = new StringBuilder();
        if (configuration.optimizer().classPath().equals(OptimizerWriter.RATE_IN_VELOCITY)) {
            text.append(RATE_IN_VELOCITY);
        }
        GradientClips.in(configuration.beforeStep()).stream()
                .map(Stage.Clip::kind)
                .distinct()
                .forEach(kind -> text.append(definition(kind)));
        return text.toString();
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
