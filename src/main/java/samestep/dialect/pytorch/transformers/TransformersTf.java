package samestep.dialect.pytorch.transformers;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Schedule;

/**
 * The optimizer that Hugging Face has for TensorFlow, with Keras' names of its arguments. Source:
 * transformers/optimization_tf.py of 4.36.2, AdamWeightDecay.
 */
public final class TransformersTf {
    private static final String CLASS = "transformers.AdamWeightDecay";
    private static final String EXCLUDED = "exclude_from_weight_decay";

    private TransformersTf() {}

    /** The same with PyTorch's names; any other optimizer as it is. */
    public static PytorchObject renamed(PytorchObject optimizer) {
        if (!optimizer.classPath().equals(CLASS)) {
            return optimizer;
        }
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        optimizer.arguments().forEach((name, value) -> {
            switch (name) {
                case "learning_rate" -> arguments.put("lr", value);
                case "weight_decay_rate" -> arguments.put("weight_decay", value);
                case "epsilon" -> arguments.put("eps", value);
                case "beta_1", "beta_2" -> arguments.put("betas", betas(optimizer));
                default -> arguments.put(name, value);
            }
        });
        return new PytorchObject(optimizer.classPath(), arguments, optimizer.place());
    }

    private static PytorchValue betas(PytorchObject optimizer) {
        List<PytorchValue> values = new ArrayList<>();
        values.add(new Num(optimizer.number("beta_1").orElse(Quantity.byDefault("0.9", "transformers' beta_1"))));
        values.add(new Num(optimizer.number("beta_2").orElse(Quantity.byDefault("0.999", "transformers' beta_2"))));
        return new Many(values, Optional.empty());
    }

    /** What {@code create_optimizer} makes: that optimizer, with a warm-up and then a polynomial down to zero. */
    public static Optional<PytorchConfiguration> created(PytorchObject call) {
        if (!call.classPath().equals(CLASS.replace("AdamWeightDecay", "create_optimizer"))) {
            return Optional.empty();
        }
        PytorchObject optimizer = PytorchObject.of(CLASS)
                .with("lr", given(call, "init_lr", "0.001"))
                .with("weight_decay", given(call, "weight_decay_rate", "0"))
                .with("eps", given(call, "adam_epsilon", "1e-8"));
        PytorchObject schedule = PytorchObject.of("transformers.get_polynomial_decay_schedule_with_warmup")
                .with("num_warmup_steps", given(call, "num_warmup_steps", "0"))
                .with("num_training_steps", given(call, "num_train_steps", "1"))
                .with("lr_end", new Num(Quantity.byDefault("0", "transformers' min_lr_ratio")))
                .with("power", given(call, "power", "1"));
        Quantity none = Quantity.byDefault("0", "create_optimizer");
        ParameterGroup excluded = new ParameterGroup(
                new Members.OfRole(EnumSet.of(Role.BIAS, Role.GAMMA, Role.BETA)),
                Map.of("weight_decay", new Num(none)));
        return Optional.of(PytorchConfiguration.of("TensorFlow", optimizer)
                .withGroups(List.of(excluded, new ParameterGroup(new Members.Rest(), Map.of())))
                .withScheduling(Optional.of(new Scheduling(schedule, Schedule.Unit.UPDATES))));
    }

    private static PytorchValue given(PytorchObject call, String argument, String byDefault) {
        return new Num(call.number(argument)
                .orElseGet(() -> Quantity.byDefault(byDefault, "transformers' default of " + argument)));
    }

    /** Parameters whose names an exclusion matches: by what they are for, since the model is not known. */
    public static Optional<ParameterGroup> withoutDecay(PytorchObject optimizer) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (optimizer.get(EXCLUDED).orElse(null) instanceof Many many) {
            for (PytorchValue value : many.values()) {
                String name = value instanceof Text text ? text.text() : "";
                if (name.equals("bias")) {
                    roles.addAll(List.of(Role.BIAS));
                } else if (name.equals("LayerNorm") || name.equals("layer_norm")) {
                    roles.addAll(List.of(Role.GAMMA, Role.BETA));
                }
            }
        }
        Quantity none = Quantity.byDefault("0", EXCLUDED);
        return roles.isEmpty()
                ? Optional.empty()
                : Optional.of(new ParameterGroup(new Members.OfRole(roles), Map.of("weight_decay", new Num(none))));
    }
}
