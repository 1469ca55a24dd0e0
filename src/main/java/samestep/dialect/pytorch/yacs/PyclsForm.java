package samestep.dialect.pytorch.yacs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.form.YamlValues;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.YacsEpochs;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.text.SourceText;

/** pycls' YAML. Source: pycls/core/optimizer.py and trainer.py. The rate is set once an epoch. */
public final class PyclsForm implements PytorchForm {
    @Override
    public String describes() {
        return "pycls YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source, "OPTIM:", "LR_POLICY:", "BASE_LR:")
                && ConfigurationText.mapping(source)
                        .filter(root -> root.get("OPTIM").orElse(null) instanceof YamlMapping optim
                                && YamlValues.text(optim, "LR_POLICY").isPresent()
                                && optim.get("BASE_LR")
                                        .filter(YamlScalar.class::isInstance)
                                        .isPresent())
                        .isPresent();
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return ConfigurationText.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            Fields fields = new Fields(List.of(new Fields.Layer(source, root)), FormDefaults.of("pycls"), findings);
            PytorchConfiguration configuration = new Reading(input.run(), fields, findings).configuration();
            PytorchConfiguration whole = Outside.note(configuration, fields, Place.start(source), findings);
            return Outcome.of(whole, findings);
        });
    }

    /** One file. */
    private record Reading(Run run, Fields fields, List<Finding> findings) {

        PytorchConfiguration configuration() {
            PytorchObject optimizer = optimizer()
                    .with("lr", new Num(optim("BASE_LR")))
                    .with("weight_decay", new Num(optim("WEIGHT_DECAY")));
            PyclsDecays decays = new PyclsDecays(fields, findings);
            return PytorchConfiguration.of("pycls", optimizer)
                    .withGroups(decays.groups())
                    .withRule(Optional.of(decays.rule()))
                    .withScheduling(scheduling())
                    .withEpochs(
                            new Epochs(Optional.of(optim("MAX_EPOCH")), new YacsEpochs(run, fields).length(findings)))
                    .withBatchSize(fields.given("TRAIN.BATCH_SIZE"));
        }

        private Quantity optim(String field) {
            return fields.number("OPTIM." + field);
        }

        private PytorchObject optimizer() {
            String name = fields.text("OPTIM.OPTIMIZER");
            Optional<Place> place = fields.place("OPTIM");
            if (name.equals("sgd")) {
                return new PytorchObject("torch.optim.SGD", Map.of(), place)
                        .with("momentum", new Num(optim("MOMENTUM")))
                        .with("dampening", new Num(optim("DAMPENING")))
                        .with("nesterov", new Flag(fields.isOn("OPTIM.NESTEROV"), fields.place("OPTIM.NESTEROV")));
            }
            boolean known = name.equals("adam") || name.equals("adamw");
            String path = name.equals("adam") ? "torch.optim.Adam" : "torch.optim.AdamW";
            return new PytorchObject(known ? path : "pycls." + name, Map.of(), place)
                    .with("betas", new Many(List.of(new Num(optim("BETA1")), new Num(optim("BETA2"))), place));
        }

        private Optional<Scheduling> scheduling() {
            Optional<Place> place = fields.place("OPTIM.LR_POLICY");
            List<PytorchValue> steps = fields.numbers("OPTIM.STEPS").stream()
                    .<PytorchValue>map(Num::new)
                    .toList();
            PytorchObject schedule = new PytorchObject("pycls." + fields.text("OPTIM.LR_POLICY"), Map.of(), place)
                    .with("max_epoch", new Num(optim("MAX_EPOCH")))
                    .with("min_lr", new Num(optim("MIN_LR")))
                    .with("lr_mult", new Num(optim("LR_MULT")))
                    .with("steps", new Many(steps, fields.place("OPTIM.STEPS")))
                    .with("warmup_factor", new Num(optim("WARMUP_FACTOR")))
                    .with("warmup_epochs", new Num(optim("WARMUP_EPOCHS")));
            return Optional.of(new Scheduling(schedule, Schedule.Unit.EPOCHS));
        }
    }
}
