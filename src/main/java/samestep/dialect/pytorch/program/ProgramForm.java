package samestep.dialect.pytorch.program;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.program.table.Optimizers;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.program.Limits;
import samestep.program.PartNames;
import samestep.program.Programs;
import samestep.program.Trace;
import samestep.text.SourceText;

/** A Python program that trains with PyTorch. Nothing of it is run. */
public final class ProgramForm implements PytorchForm {
    private static final Pattern LIBRARIES = Pattern.compile(
            "(?m)^[ \\t]*(?:import|from)[ \\t]+(?:torch|pytorch_lightning|lightning|timm|transformers|apex)\\b");
    private static final Pattern MATTERS = Pattern.compile("optim|lr_scheduler|weight_decay");

    /** Whether a program or a module imports PyTorch, or a library for it. */
    public static boolean isImportedBy(SourceText program) {
        return LIBRARIES.matcher(program.text()).find();
    }

    /** This form, for a program whatever its words are; empty for another file. */
    public static Optional<PytorchForm> of(SourceText source) {
        return ProgramText.isOne(source) ? Optional.of(new ProgramForm()) : Optional.empty();
    }

    @Override
    public String describes() {
        return "a Python program";
    }

    @Override
    public boolean isConstructed() {
        return false;
    }

    @Override
    public boolean recognises(SourceText source) {
        if (!ProgramText.mayTrain(source)) {
            return false;
        }
        String words = ProgramText.words(source);
        return MATTERS.matcher(words).find() && LIBRARIES.matcher(words).find();
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        ModelWorld world = new ModelWorld(Place.start(input.source()));
        return new ProgramReader(input, trace(input, world), world).read();
    }

    @Override
    public List<String> parts(Input input) {
        ModelWorld world = new ModelWorld(Place.start(input.source()));
        return PartNames.choices(Optimizers.of(trace(input, world)));
    }

    private static Trace trace(Input input, ModelWorld world) {
        Companions.Home home = input.companions().home();
        SourceText source = input.source();
        return Programs.read(ProgramText.parts(source), home.path(source), home.repository(), world, Limits.USUAL);
    }
}
