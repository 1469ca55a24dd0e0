package samestep.docs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.docs.StageCases.Case;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.recipe.Cosine;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** Recipes that have one schedule each, and those of one optimizer each. */
final class RateCases {
    private static final Set<Code> SCHEDULE =
            EnumSet.of(Code.SS402, Code.SS442, Code.SS403, Code.SS404, Code.SS441, Code.SS431);
    private static final Set<Code> OPTIMIZER = EnumSet.of(
            Code.SS201, Code.SS202, Code.SS204, Code.SS221, Code.SS222, Code.SS231, Code.SS241, Code.SS103, Code.SS141);

    private RateCases() {}

    private static Expression number(String text) {
        return Expression.literal(new BigDecimal(text));
    }

    /** Of each form, one; and what is made of several. */
    private static Map<String, ScheduleForm> forms() {
        Expression base = number("0.25");
        Expression end = number("0.05");
        Map<String, ScheduleForm> forms = new LinkedHashMap<>();
        ScheduleForm steps = new ScheduleForm.Steps(List.of(30L, 70L), List.of(base, number("0.1"), number("0.01")));
        ScheduleForm factors =
                new ScheduleForm.Steps(List.of(30L, 70L), List.of(base, number("0.025"), number("0.0025")));
        ScheduleForm cosine = new Cosine(base, end, number("90"), true);
        ScheduleForm linear = new ScheduleForm.Polynomial(base, number("0"), number("90"), ScheduleForm.ONE, true);
        forms.put("steps to any rates", steps);
        forms.put("steps by one factor", factors);
        forms.put("staircase", new ScheduleForm.Staircase(base, number("0.5"), number("20")));
        forms.put("exponential, each update", new ScheduleForm.Exponential(base, number("0.97"), ScheduleForm.ONE));
        forms.put("exponential, every 20", new ScheduleForm.Exponential(base, number("0.5"), number("20")));
        forms.put("inverse time", new ScheduleForm.InverseTime(base, number("0.01"), ScheduleForm.ONE));
        forms.put("inverse time, power 0.75", new ScheduleForm.InverseTime(base, number("0.01"), number("0.75")));
        forms.put("linear to 0", linear);
        forms.put("linear to a rate", new ScheduleForm.Polynomial(base, end, number("90"), ScheduleForm.ONE, true));
        forms.put("polynomial", new ScheduleForm.Polynomial(base, end, number("90"), number("0.7"), true));
        forms.put("polynomial that goes on", new ScheduleForm.Polynomial(base, end, number("90"), number("2"), false));
        forms.put("sigmoid", new ScheduleForm.Sigmoid(base, number("-0.1"), number("50")));
        forms.put("cosine", cosine);
        forms.put("cosine that comes back", new Cosine(base, end, number("90"), false));
        ScheduleForm rise = new ScheduleForm.Polynomial(number("0"), base, number("10"), ScheduleForm.ONE, true);
        ScheduleForm part = new ScheduleForm.Polynomial(end, base, number("10"), ScheduleForm.ONE, true);
        forms.put("warm-up, constant", new Sequence(List.of(10L), List.of(rise, new ScheduleForm.Constant(base))));
        forms.put("warm-up, steps", new Sequence(List.of(10L), List.of(rise, steps)));
        forms.put("warm-up, linear", new Sequence(List.of(10L), List.of(rise, linear)));
        forms.put("warm-up, cosine", new Sequence(List.of(10L), List.of(rise, cosine)));
        forms.put("warm-up from a rate, cosine", new Sequence(List.of(10L), List.of(part, cosine)));
        forms.put("cosine twice", new Sequence(List.of(90L), List.of(cosine, cosine)));
        return forms;
    }

    static List<Case> schedules() {
        List<Case> cases = new ArrayList<>();
        forms().forEach((name, form) -> {
            cases.add(new Case(name, r -> scheduled(r, form, Schedule.Unit.UPDATES), SCHEDULE, List.of(), true));
        });
        ScheduleForm stairs = forms().get("staircase");
        if (stairs != null) {
            cases.add(new Case(
                    "staircase in epochs", r -> scheduled(r, stairs, Schedule.Unit.EPOCHS), SCHEDULE, List.of(), true));
        }
        return cases;
    }

    /** Without momentum, for frameworks differ in whether a velocity carries the rate. */
    private static Recipe scheduled(Recipe recipe, ScheduleForm form, Schedule.Unit unit) {
        Schedule schedule =
                Schedule.of(form, 1, recipe.schedule().horizon(), "a schedule").in(unit);
        return recipe.withRates(schedule, ScheduleForm.ONE)
                .withParameters(
                        recipe.parameters().stream().map(RateCases::plain).toList());
    }

    private static Parameter plain(Parameter parameter) {
        List<Stage> stages = parameter.stages().stream()
                .map(stage -> stage instanceof Stage.Optimizer optimizer ? plain(optimizer) : stage)
                .toList();
        return new Parameter(
                parameter.name(), parameter.rateMultiplier(), parameter.frozen(), stages, parameter.place());
    }

    private static Stage plain(Stage.Optimizer optimizer) {
        Map<String, Quantity> values = new HashMap<>(optimizer.values());
        values.put("momentum", StageCases.number("0"));
        return new Stage.Optimizer(optimizer.equations(), values);
    }

    static List<Case> optimizers() {
        List<Case> cases = new ArrayList<>();
        for (String caffe : List.of(
                "SGD|momentum: 0.8",
                "Nesterov|momentum: 0.8",
                "AdaGrad|delta: 0.001",
                "RMSProp|rms_decay: 0.8 delta: 0.001",
                "AdaDelta|momentum: 0.8 delta: 0.001",
                "Adam|momentum: 0.8 momentum2: 0.98 delta: 0.001")) {
            String[] parts = caffe.split("\\|");
            String text =
                    "type: \"%s\" %s base_lr: 0.01 lr_policy: \"fixed\" max_iter: 100".formatted(parts[0], parts[1]);
            cases.add(optimizer("Caffe " + parts[0], "caffe", text));
        }
        for (String keras : List.of(
                "SGD|\"momentum\": 0.8, \"nesterov\": true",
                "Adagrad|\"initial_accumulator_value\": 0.2, \"epsilon\": 0.001",
                "RMSprop|\"rho\": 0.8, \"momentum\": 0.7, \"epsilon\": 0.001, \"centered\": true",
                "Adadelta|\"rho\": 0.8, \"epsilon\": 0.001",
                "Adam|\"beta_1\": 0.8, \"epsilon\": 0.001, \"amsgrad\": true",
                "AdamW|\"beta_1\": 0.8, \"weight_decay\": 0.03",
                "Adamax|\"beta_1\": 0.8, \"epsilon\": 0.001",
                "Nadam|\"beta_1\": 0.8, \"epsilon\": 0.001",
                "Lion|\"beta_1\": 0.8",
                "Lamb|\"beta_1\": 0.8",
                "Ftrl|\"beta\": 0.3, \"l1_regularization_strength\": 0.02, \"l2_regularization_strength\": 0.03")) {
            String[] parts = keras.split("\\|");
            String text =
                    "{\"module\": \"keras.optimizers\", \"class_name\": \"%s\", \"config\": {\"learning_rate\": 0.01, %s}}"
                            .formatted(parts[0], parts[1]);
            cases.add(optimizer("Keras 3 " + parts[0], "keras", text));
        }
        for (String torch : List.of(
                "SGD|\"momentum\": 0.8, \"dampening\": 0.3",
                "SGD|\"momentum\": 0.8, \"nesterov\": true",
                "Adagrad|\"lr_decay\": 0.1, \"initial_accumulator_value\": 0.2",
                "RMSprop|\"alpha\": 0.8, \"momentum\": 0.7, \"centered\": true",
                "Adadelta|\"rho\": 0.8",
                "Adam|\"betas\": [0.8, 0.98], \"amsgrad\": true",
                "AdamW|\"betas\": [0.8, 0.98], \"weight_decay\": 0.03",
                "Adamax|\"betas\": [0.8, 0.98]",
                "NAdam|\"betas\": [0.8, 0.98], \"momentum_decay\": 0.02",
                "RAdam|\"betas\": [0.8, 0.98]")) {
            String[] parts = torch.split("\\|");
            String text =
                    "{\"samestep\": \"pytorch/1\", \"optimizer\": {\"class_path\": \"torch.optim.%s\", \"init_args\": {\"lr\": 0.01, %s}}}"
                            .formatted(parts[0], parts[1]);
            String what =
                    parts[1].contains("nesterov") ? " nesterov" : parts[1].contains("dampening") ? " dampened" : "";
            cases.add(optimizer("PyTorch " + parts[0] + what, "pytorch", text));
        }
        return cases;
    }

    private static Case optimizer(String name, String framework, String text) {
        return new Case(
                name,
                r -> Dialects.named(framework)
                        .orElseThrow()
                        .read(Input.of(new SourceText("source", text)))
                        .value()
                        .orElseThrow(),
                OPTIMIZER,
                List.of(),
                true);
    }
}
