package samestep.dialect.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.BesideGradient;
import samestep.dialect.MeanThreshold;
import samestep.dialect.ParameterList;
import samestep.dialect.pytorch.form.DecayWriter;
import samestep.dialect.pytorch.form.GroupWriter;
import samestep.dialect.pytorch.form.LossForms;
import samestep.dialect.pytorch.form.OptimizerWriter;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.form.SettingFields;
import samestep.dialect.pytorch.json.JsonForm;
import samestep.dialect.pytorch.json.JsonPrinter;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchNumbers;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.object.TorchNames;
import samestep.dialect.pytorch.python.PythonPrinter;
import samestep.dialect.pytorch.schedule.PytorchScheduleWriter;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.RateInVelocity;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.EpochShares;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;
import samestep.recipe.Stage;

/** From a recipe of any framework to PyTorch configurations that may be the same training. */
final class PytorchWriter {
    private static final String REMEDY = "Exact form: --as python, which feeds SGD(lr=1, weight_decay=0) with rate *"
            + " (gradient + decay * weight).";

    private final Recipe recipe;
    private final Means means;
    private final PytorchNumbers numbers = new PytorchNumbers();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * What may be used.
     *
     * @param style the style that is written
     * @param ownClasses whether the text may define what PyTorch does not have
     * @param verbatim whether every number is copied as it is
     */
    private record Means(String style, boolean ownClasses, boolean verbatim) {}

    private PytorchWriter(Recipe recipe, Means means) {
        this.recipe = recipe;
        this.means = means;
    }

    /** Proposals, the likeliest first; none when PyTorch has no such optimizer. */
    static List<Proposal> proposals(Recipe recipe, String style) {
        List<Proposal> proposals = new ArrayList<>();
        for (EpsilonMove.Choice epsilon : OptimizerWriter.epsilons(recipe)) {
            new PytorchWriter(recipe, new Means(style, false, false))
                    .write(epsilon)
                    .ifPresent(proposals::add);
        }
        // What PyTorch says by itself is better than the same from a class of one's own.
        if (style.equals(PytorchDialect.PYTHON)) {
            for (EpsilonMove.Choice epsilon : OptimizerWriter.epsilons(recipe)) {
                new PytorchWriter(recipe, new Means(style, true, false))
                        .write(epsilon)
                        .ifPresent(proposals::add);
            }
        }
        return proposals;
    }

    /** Every number as it is. */
    static Proposal verbatim(Recipe recipe) {
        return new PytorchWriter(recipe, new Means(JsonForm.STYLE, false, true))
                .write(EpsilonMove.Choice.AS_IT_IS)
                .orElseThrow(() -> new IllegalStateException("nothing to copy"));
    }

    private Optional<Proposal> write(EpsilonMove.Choice epsilon) {
        Optional<Parameter> first = recipe.trained().stream()
                .findFirst()
                .or(() -> recipe.parameters().stream().findFirst());
        Optional<Stage.Optimizer> source = first.flatMap(Parameter::optimizer);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        DecayWriter decays = new DecayWriter(recipe, means.verbatim(), numbers, findings);
        GroupWriter groups = new GroupWriter(recipe, decays, numbers);
        ScheduleForm form = ScheduleForms.scaled(
                means.verbatim()
                        ? recipe.schedule().form()
                        : recipe.schedule()
                                .formInUpdates()
                                .orElse(recipe.schedule().form()),
                groups.commonMultiplier());
        Expression start = Expression.literal(recipe.schedule().rateAtStart()).times(groups.commonMultiplier());
        Expression rate = ScheduleForms.base(form, start);
        Optional<RateInVelocity> velocity = OptimizerWriter.equations(source.get())
                .map(there -> new RateInVelocity(recipe, source.get(), "PyTorch's", there, form))
                .filter(RateInVelocity::matters);
        boolean hasRemedy = OptimizerWriter.hasClassWithRate(source.get());
        boolean inVelocity = means.ownClasses() && velocity.isPresent() && hasRemedy;
        Optional<PytorchObject> optimizer = new OptimizerWriter(source.get(), means.verbatim(), numbers, findings)
                .write(numbers.number(rate), decays.isDecoupled(), inVelocity, epsilon);
        if (optimizer.isEmpty()) {
            return Optional.empty();
        }
        if (!inVelocity && !means.verbatim()) {
            velocity.flatMap(RateInVelocity::finding)
                    .map(f -> hasRemedy ? f.detail(REMEDY) : f)
                    .ifPresent(findings::add);
        }
        PytorchConfiguration configuration =
                groups.write(PytorchConfiguration.of("PyTorch", maximizing(optimizer.get(), first.get())), rate);
        configuration = configuration
                .withRule(recipe.rule())
                .withFrozen(recipe.parameters().stream()
                        .filter(p -> p.frozen() && p.name().role() != Role.STATISTICS)
                        .map(Parameter::name)
                        .toList())
                .withScheduling(scheduling(form, rate, groups.ratesDiffer()))
                .withBeforeStep(beforeStep(decays, first.get()))
                .withUpdates(recipe.schedule().horizon());
        explain(decays, groups, first.get());
        return Optional.of(proposal(configuration, decays));
    }

    private static PytorchObject maximizing(PytorchObject optimizer, Parameter first) {
        boolean turned = first.stages(Stage.Scale.class).stream()
                .anyMatch(scale -> scale.factor().decimal().signum() < 0);
        return turned ? optimizer.with("maximize", new PytorchValue.Flag(true, Optional.empty())) : optimizer;
    }

    private Proposal proposal(PytorchConfiguration configuration, DecayWriter decays) {
        Map<String, String> texts = new LinkedHashMap<>();
        PytorchForm form = PytorchForms.written(means.style()).orElseGet(JsonForm::new);
        PytorchConfiguration sayable = form.sayable(configuration, findings);
        boolean grouped = sayable.groups().stream().anyMatch(g -> g.members() instanceof ParameterGroup.Members.Named);
        if (!grouped) {
            // The form says by a rule of its own, or not at all, what the groups would have said.
            findings.removeIf(f -> f.code() == Code.SS331);
        }
        if (sayable.scheduling().stream().noneMatch(s -> s.unit() == Schedule.Unit.EPOCH_SHARES)) {
            texts.put(JsonForm.STYLE, new JsonPrinter(decays).print(sayable));
        }
        if (means.style().equals(PytorchDialect.PYTHON)) {
            texts.put(PytorchDialect.PYTHON, new PythonPrinter(decays).print(sayable));
        } else if (!means.style().equals(JsonForm.STYLE)) {
            String text = form.print(sayable);
            texts.put(
                    means.style(),
                    form.ledger()
                            .map(ledger -> SettingFields.into(text, ledger, recipe))
                            .orElse(text));
        }
        return new Proposal(texts, numbers.rounded(), findings);
    }

    private Optional<Scheduling> scheduling(ScheduleForm form, Expression rate, boolean ratesDiffer) {
        // A schedule of a rate of 0 is 0.
        if (form instanceof ScheduleForm.Constant || Exact.value(rate).signum() == 0) {
            return Optional.empty();
        }
        Schedule schedule = recipe.schedule();
        Optional<PytorchObject> scheduler = form instanceof EpochShares shares
                ? PytorchForms.written(means.style()).flatMap(f -> f.scheduler(shares))
                : new PytorchScheduleWriter(numbers, rate, ratesDiffer).write(form);
        if (scheduler.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS402,
                            "PyTorch has no scheduler like " + recipe.possessive() + " \"" + schedule.name() + "\"")
                    .detail("Written: the base rate, constant."
                            + (schedule.unit() == Schedule.Unit.UPDATES
                                    ? ""
                                    : " It counts " + schedule.unit().words()
                                            + ": with --updates-per-epoch, it is a schedule in updates.")));
        }
        return scheduler.map(s -> new Scheduling(s, schedule.unit()));
    }

    private List<BeforeStep> beforeStep(DecayWriter decays, Parameter first) {
        List<BeforeStep> before = new ArrayList<>();
        first.stages(Stage.LossScale.class)
                .forEach(scale -> before.add(BeforeStep.all(new Stage.LossScale(
                        scale.form(), numbers.number(scale.weight()).quantity()))));
        before.addAll(means.verbatim() ? List.of() : decays.ofLoss());
        if (recipe.microSteps() > 1) {
            before.add(BeforeStep.all(new Stage.Accumulation(recipe.microSteps(), true)));
        }
        List<Finding> said = means.verbatim() ? new ArrayList<>() : findings;
        for (Stage.Clip clip : ClipPlan.of(recipe, first, new PytorchClips(means.style(), means.ownClasses()), said)) {
            Quantity threshold = means.verbatim()
                    ? clip.threshold()
                    : MeanThreshold.of(recipe, first, clip, "what is written", findings);
            before.add(BeforeStep.all(
                    new Stage.Clip(clip.kind(), numbers.number(threshold).quantity())));
        }
        return before;
    }

    private void explain(DecayWriter decays, GroupWriter groups, Parameter first) {
        if (means.verbatim()) {
            return;
        }
        decays.explain(first);
        if (groups.count() > 1) {
            findings.add(Finding.of(
                            Code.SS331,
                            "rates and decays of " + ParameterList.count(recipe.trained()) + " are written as "
                                    + groups.count() + " parameter groups")
                    .detail("A group's lr is the optimizer's times its multiplier; the scheduler scales each"
                            + " group's."));
        }
        boolean momentum = first.optimizer()
                .map(o -> o.equations().family().equals("momentum")
                        && Optional.ofNullable(o.values().get("momentum"))
                                .map(q -> !q.isZero())
                                .orElse(false))
                .orElse(false);
        if (decays.isDecoupled() && momentum) {
            BesideGradient.unsaid("PyTorch's SGD", recipe, recipe.trained())
                    .map(f -> f.detail(
                            "Written: the same number as a decay in the gradient, which the velocity remembers."))
                    .ifPresent(findings::add);
        }
        losses(first);
        recurrent(decays.names());
        if (!recipe.activityPenalties().isEmpty()) {
            findings.add(Finding.of(
                    Code.SS103,
                    "a penalty on a layer's output is part of the loss in PyTorch; " + recipe.possessive() + " of "
                            + recipe.activityPenalties().size() + " is not written"));
        }
    }

    /** Two biases that are added up move twice as far as one. */
    private void recurrent(TorchNames names) {
        List<Parameter> biases =
                recipe.trained().stream().filter(p -> names.isDoubled(p.name())).toList();
        if (!biases.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS304,
                            "PyTorch's recurrent layers have two biases where " + recipe.possessive()
                                    + " have one: both are updated, so their sum moves twice as far")
                    .as(Severity.WARNING)
                    .at(biases.get(0).place())
                    .labelled(ParameterList.others(biases))
                    .detail("Set bias_hh_l0 to 0 and its requires_grad to False: then it is the same."));
        }
    }

    /** A loss that is not the plain mean is in the script: a finding says what it has to be. */
    private void losses(Parameter first) {
        for (Stage.LossScale scale : first.stages(Stage.LossScale.class)) {
            findings.add(Finding.of(
                            Code.SS902,
                            recipe.possessive() + " loss is " + LossForms.meaning(scale.form())
                                    + (scale.weight().isOne()
                                            ? ""
                                            : ", times " + scale.weight().written())
                                    + ": so has that of the training script to be")
                    .at(scale.weight().place()));
        }
    }
}
