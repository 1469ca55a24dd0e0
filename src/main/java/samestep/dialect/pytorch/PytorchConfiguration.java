package samestep.dialect.pytorch;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.pytorch.ParameterGroup.Members;
import samestep.finding.Place;
import samestep.recipe.ParameterName;
import samestep.recipe.ParameterRule;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.setting.Settings;

/**
 * What a file says about training with PyTorch, whichever form it has. {@link PytorchReader} makes a recipe of it.
 *
 * @param library what the file is of, for messages: PyTorch, or a library on top of it
 * @param optimizer the optimizer's class and arguments
 * @param groups parameter groups, in order; none where all parameters are one
 * @param frozen parameters that are not trained
 * @param scheduling the scheduler; none where the rate is constant
 * @param beforeStep what the training loop does to gradients before the optimizer's step, in order: penalties that are part
 *     of the loss, accumulation, clipping
 * @param updates how many updates the run has, where the file says so
 * @param batchSize samples in a micro-step, where the file says so
 * @param place the whole of it
 * @param epochs of the run, and how long they are
 * @param unknown fields that are not known here, with what they say
 * @param settings what the file says beside the update
 * @param rule how a library tells parameters apart that no file names; empty where groups name them, or say what they are for
 */
public record PytorchConfiguration(
        String library,
        PytorchObject optimizer,
        List<ParameterGroup> groups,
        List<ParameterName> frozen,
        Optional<Scheduling> scheduling,
        List<BeforeStep> beforeStep,
        OptionalLong updates,
        Optional<Quantity> batchSize,
        Optional<Place> place,
        Optional<ParameterRule> rule,
        Epochs epochs,
        List<String> unknown,
        Settings settings) {
    /** Copies the lists. */
    public PytorchConfiguration {
        groups = List.copyOf(groups);
        frozen = List.copyOf(frozen);
        beforeStep = List.copyOf(beforeStep);
        unknown = List.copyOf(unknown);
    }

    /**
     * The epochs of a run.
     *
     * @param number how many, where the file says so
     * @param length updates in each, where that is known
     */
    public record Epochs(Optional<Quantity> number, Optional<Quantity> length) {
        public static final Epochs UNKNOWN = new Epochs(Optional.empty(), Optional.empty());

        /** Updates of the run, where it follows; a part of an update is one. */
        public OptionalLong updates() {
            return number.isPresent() && length.isPresent()
                    ? OptionalLong.of(PytorchSchedules.whole(
                            number.get().value().times(length.get().value())))
                    : OptionalLong.empty();
        }

        /** Whole epochs of the run, where the file says so. */
        public OptionalLong whole() {
            return number.isPresent()
                    ? OptionalLong.of(PytorchSchedules.whole(number.get().value()))
                    : OptionalLong.empty();
        }
    }

    /** The same with epochs. */
    public PytorchConfiguration withEpochs(Epochs other) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                frozen,
                scheduling,
                beforeStep,
                updates,
                batchSize,
                place,
                rule,
                other,
                unknown,
                settings);
    }

    /** The same with fields that are not known here. */
    public PytorchConfiguration withUnknown(List<String> others) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                frozen,
                scheduling,
                beforeStep,
                updates,
                batchSize,
                place,
                rule,
                epochs,
                others,
                settings);
    }

    /** The same with settings. */
    public PytorchConfiguration withSettings(Settings others) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                frozen,
                scheduling,
                beforeStep,
                updates,
                batchSize,
                place,
                rule,
                epochs,
                unknown,
                others);
    }

    /** Updates of the run: as the file says, or as its epochs give. */
    public OptionalLong length() {
        return updates.isPresent() ? updates : epochs.updates();
    }

    /**
     * A stage before the optimizer's own.
     *
     * @param stage what happens
     * @param to to which parameters
     */
    public record BeforeStep(Stage stage, Members to) {
        /** A stage for all parameters. */
        public static BeforeStep all(Stage stage) {
            return new BeforeStep(stage, new Members.Rest());
        }
    }

    /** An optimizer and nothing else. */
    public static PytorchConfiguration of(String library, PytorchObject optimizer) {
        return new PytorchConfiguration(
                library,
                optimizer,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                Optional.empty(),
                optimizer.place(),
                Optional.empty(),
                Epochs.UNKNOWN,
                List.of(),
                Settings.NONE);
    }

    /** The same with another optimizer. */
    public PytorchConfiguration with(PytorchObject other) {
        return new PytorchConfiguration(
                library,
                other,
                groups,
                frozen,
                scheduling,
                beforeStep,
                updates,
                batchSize,
                place,
                rule,
                epochs,
                unknown,
                settings);
    }

    /** The same with parameter groups. */
    public PytorchConfiguration withGroups(List<ParameterGroup> others) {
        return new PytorchConfiguration(
                library,
                optimizer,
                others,
                frozen,
                scheduling,
                beforeStep,
                updates,
                batchSize,
                place,
                rule,
                epochs,
                unknown,
                settings);
    }

    /** The same with parameters that are not trained. */
    public PytorchConfiguration withFrozen(List<ParameterName> others) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                others,
                scheduling,
                beforeStep,
                updates,
                batchSize,
                place,
                rule,
                epochs,
                unknown,
                settings);
    }

    /** The same with a scheduler. */
    public PytorchConfiguration withScheduling(Optional<Scheduling> other) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                frozen,
                other,
                beforeStep,
                updates,
                batchSize,
                place,
                rule,
                epochs,
                unknown,
                settings);
    }

    /** The same with stages before the step. */
    public PytorchConfiguration withBeforeStep(List<BeforeStep> others) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                frozen,
                scheduling,
                others,
                updates,
                batchSize,
                place,
                rule,
                epochs,
                unknown,
                settings);
    }

    /** The same with a number of updates. */
    public PytorchConfiguration withUpdates(OptionalLong other) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                frozen,
                scheduling,
                beforeStep,
                other,
                batchSize,
                place,
                rule,
                epochs,
                unknown,
                settings);
    }

    /** The same with a batch size. */
    public PytorchConfiguration withBatchSize(Optional<Quantity> other) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                frozen,
                scheduling,
                beforeStep,
                updates,
                other,
                place,
                rule,
                epochs,
                unknown,
                settings);
    }

    /** The same with a rule that tells parameters apart. */
    public PytorchConfiguration withRule(Optional<ParameterRule> other) {
        return new PytorchConfiguration(
                library,
                optimizer,
                groups,
                frozen,
                scheduling,
                beforeStep,
                updates,
                batchSize,
                place,
                other,
                epochs,
                unknown,
                settings);
    }
}
