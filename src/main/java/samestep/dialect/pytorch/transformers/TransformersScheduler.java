package samestep.dialect.pytorch.transformers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.SchedulerArguments;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;

/** The scheduler that Hugging Face's Trainer makes of its arguments. Source: transformers/trainer_utils.py, optimization.py. */
public final class TransformersScheduler {
    /** Values that follow a measured loss. Source: trainer_utils.py, SchedulerType, of transformers 5.24.0. */
    static final List<String> MEASURED = List.of("reduce_lr_on_plateau", "greedy");
    /** Values whose schedules are not read yet. */
    static final List<String> UNREAD = List.of("cosine_warmup_with_min_lr", "warmup_stable_decay");

    private static final List<String> READ = List.of(
            "linear",
            "cosine",
            "polynomial",
            "constant",
            "constant_with_warmup",
            "cosine_with_restarts",
            "cosine_with_min_lr",
            "inverse_sqrt");

    /** What the Trainer makes has the arguments that the Trainer gives it. */
    static final String OF_TRAINER = SchedulerArguments.OF_TRAINER;

    private TransformersScheduler() {}

    /** All values of {@code lr_scheduler_type}. */
    static List<String> types() {
        return Stream.of(READ, UNREAD, MEASURED).flatMap(List::stream).toList();
    }

    /**
     * The scheduler.
     *
     * @param arguments of the trainer: {@code lr_scheduler_type}, {@code warmup_steps}, {@code max_steps}
     * @return empty where the rate is constant, or the arguments do not say how it changes
     */
    public static Optional<Scheduling> of(Map<String, PytorchValue> arguments) {
        PytorchObject trainer =
                PytorchObject.of("transformers.TrainingArguments").with(arguments);
        return trainer.text("lr_scheduler_type").flatMap(type -> function(type)).map(name -> {
            PytorchObject schedule = PytorchObject.of(OF_TRAINER + name)
                    .with("num_warmup_steps", number(trainer, "warmup_steps"))
                    .with("num_training_steps", number(trainer, "max_steps"));
            return new Scheduling(schedule, Schedule.Unit.UPDATES);
        });
    }

    private static PytorchValue number(PytorchObject trainer, String argument) {
        return new Num(
                trainer.number(argument).orElse(Quantity.byDefault("0", "transformers' default of " + argument)));
    }

    /** The function for a value of {@code lr_scheduler_type}; empty where it is not known. */
    public static Optional<String> function(String type) {
        return switch (type) {
            case "linear" -> Optional.of("get_linear_schedule_with_warmup");
            case "cosine" -> Optional.of("get_cosine_schedule_with_warmup");
            case "polynomial" -> Optional.of("get_polynomial_decay_schedule_with_warmup");
            case "constant" -> Optional.of("get_constant_schedule");
            case "constant_with_warmup" -> Optional.of("get_constant_schedule_with_warmup");
            case "cosine_with_restarts" -> Optional.of("get_cosine_with_hard_restarts_schedule_with_warmup");
            case "cosine_with_min_lr" -> Optional.of("get_cosine_with_min_lr_schedule_with_warmup");
            case "inverse_sqrt" -> Optional.of("get_inverse_sqrt_schedule");
            default -> Optional.empty();
        };
    }

    /** The value of {@code lr_scheduler_type} for a function. */
    static Optional<String> type(String function) {
        return READ.stream()
                .filter(type -> function(type).equals(Optional.of(function)))
                .findFirst();
    }
}
