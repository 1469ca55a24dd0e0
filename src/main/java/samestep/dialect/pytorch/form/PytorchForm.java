package samestep.dialect.pytorch.form;

import java.util.List;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.EpochShares;
import samestep.recipe.ledger.Ledger;
import samestep.text.SourceText;

/**
 * One form of file in which training with PyTorch is configured. A new one is a class, and a line in {@link
 * PytorchForms}.
 */
public interface PytorchForm {

    /** What it is, in a few words, for lists. */
    String describes();

    /** Whether a text is of this form, by content and name; never expensive. */
    boolean recognises(SourceText source);

    /**
     * Reads it with the files that it names, if it names any; without a value, and with findings, where it is not a
     * training configuration.
     */
    Outcome<PytorchConfiguration> read(Input input);

    /**
     * Whether an optimizer is constructed with the arguments that are read, so that its class checks them. What an optimizer has
     * while it is used, nothing checks.
     */
    default boolean isConstructed() {
        return true;
    }

    /** The names of the trainings in a file that has several; each is chosen by {@link Input#part()}. */
    default List<String> parts(Input input) {
        return List.of();
    }

    /** Reads a text that has no other files. */
    default Outcome<PytorchConfiguration> read(SourceText source) {
        return read(Input.of(source));
    }

    /** The style that it is written in, as it is called on the command line; empty where it is read only. */
    default Optional<String> style() {
        return Optional.empty();
    }

    /**
     * What of a configuration it can say, with a finding for everything that it cannot.
     *
     * @param findings what it cannot say goes here
     */
    default PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) {
        return configuration;
    }

    /**
     * The scheduler of a schedule in epochs of which every update advances by its share, if the form can say lengths in
     * epochs and as shares of the run.
     */
    default Optional<PytorchObject> scheduler(EpochShares schedule) {
        return Optional.empty();
    }

    /** Writes what it can say. Only asked of a form that has a {@link #style()}. */
    default String print(PytorchConfiguration sayable) {
        throw new UnsupportedOperationException(describes());
    }

    /** All fields of a form that is written, with what each says; empty where settings have no fields in it. */
    default Optional<Ledger> ledger() {
        return Optional.empty();
    }

    /** How a file of this form is changed; empty where that cannot be done yet. */
    default Optional<FormChange> change() {
        return Optional.empty();
    }
}
