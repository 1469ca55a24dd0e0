package samestep.finding;

/**
 * The stable codes of findings. A code keeps its meaning for ever; docs/findings has a page for each. 0xx: reading,
 * 1xx: penalties and decay, 2xx: the optimizer, 3xx: multipliers and parameters, 4xx: schedules, 5xx: clipping and
 * accumulation, 6xx: the check's rules, 7xx: declared pairs, 8xx: the check itself, 9xx: standing notes.
 */
public enum Code {
    /** The text is not well-formed. */
    SS001(Severity.ERROR, "syntax error"),
    /** The file cannot be read. */
    SS002(Severity.ERROR, "unreadable file"),
    /** A field that the format does not have. */
    SS003(Severity.WARNING, "unknown field"),
    /** A value of the wrong kind, or one that the framework refuses. */
    SS004(Severity.ERROR, "value that the framework refuses"),
    /** A field that is allowed once is given twice. */
    SS005(Severity.ERROR, "field given twice"),
    /** The net is not known, so the framework's defaults are assumed for every parameter. */
    SS006(Severity.WARNING, "net not found"),
    /** Which net was used. */
    SS007(Severity.NOTE, "net used"),
    /** The file is something else than what was asked for. */
    SS008(Severity.ERROR, "not a training configuration"),
    /** A field that is given and does nothing here. */
    SS009(Severity.NOTE, "field without effect"),
    /** Something that is not supported yet and would change the training. */
    SS010(Severity.ERROR, "not supported yet"),
    /** The optimizer is not known, so the framework's default is assumed. */
    SS011(Severity.WARNING, "optimizer not given"),
    /** A file names another outside the repository. */
    SS012(Severity.WARNING, "file outside the repository"),
    /** A division by zero, a power beyond all numbers. */
    SS013(Severity.ERROR, "numbers without a result"),
    /** Settings that are about other things than updates. */
    SS041(Severity.NOTE, "settings outside of the update"),
    /** A file that the configuration builds on is not there. */
    SS042(Severity.WARNING, "base configuration not found"),
    /** A field changes what is done to the weights, and is not read. */
    SS043(Severity.WARNING, "changes the update, and is not read"),
    /** A field is in no table of what changes an update and what does not. */
    SS044(Severity.WARNING, "field not known here"),
    /** A value that a program computes is not known without running it. */
    SS045(Severity.WARNING, "value of a program not known"),
    /** A number of a program is to be another one, and not every use of it wants that. */
    SS046(Severity.WARNING, "number left to a person"),
    /** Samestep failed at a file; the others are checked all the same. */
    SS099(Severity.ERROR, "defect of Samestep"),

    /** A penalty's coefficient is written in the target's unit. */
    SS101(Severity.NOTE, "penalty coefficient rewritten"),
    /** A number is a short decimal after rounding to single precision. */
    SS102(Severity.NOTE, "single-precision residue"),
    /** A penalty on a parameter for which the target has none. */
    SS103(Severity.WARNING, "penalty not expressible"),
    /** A penalty is collected and never added to the loss that is minimized. */
    SS111(Severity.ERROR, "penalty never added to the loss"),
    /** How the loss of the data is made of the samples' is not known. */
    SS121(Severity.WARNING, "loss taken as the mean"),

    /** A penalty that the target's optimizer does not have is a part of the loss there. */
    SS131(Severity.NOTE, "penalty in the loss"),
    /** A decay of some parameters that the form of file cannot say. */
    SS141(Severity.WARNING, "decay not expressible in this form"),
    /** Which parameters are decayed depends on what runs the configuration. */
    SS142(Severity.WARNING, "decay depends on the backend"),

    /** The epsilon is at another place in the target's equation. */
    SS201(Severity.WARNING, "epsilon at another place"),
    /** A hyper-parameter must be written because the defaults differ. */
    SS202(Severity.NOTE, "default written out"),
    /** A value that the framework accepts and that is probably not meant. */
    SS203(Severity.WARNING, "probably not meant"),
    /** The target has no such optimizer. */
    SS204(Severity.WARNING, "optimizer not expressible"),
    /** An argument that one version takes for another thing than its name says. */
    SS211(Severity.WARNING, "argument taken for another"),
    /** A moving average of the weights is kept beside them. */
    SS212(Severity.NOTE, "moving average of the weights"),
    /** A hyper-parameter that the file leaves to code which Samestep does not have. */
    SS213(Severity.WARNING, "hyper-parameter not in the file"),
    /** Running statistics that keep so little of their past that the number is surely meant in another framework's unit. */
    SS214(Severity.WARNING, "running statistics in another unit"),
    /** The learning rate is written into the gradients, because it sits inside the velocity in the source. */
    SS221(Severity.NOTE, "rate in the gradients"),

    /** An update reaches the rows of a table only that a batch looks up. */
    SS222(Severity.WARNING, "rows updated apart"),
    /** The velocity carries the learning rate on one side only, and the rate changes. */
    SS231(Severity.WARNING, "rate inside the velocity"),
    /** A library means another optimizer by a name than its framework. */
    SS241(Severity.NOTE, "another optimizer by that name"),

    /** A learning-rate multiplier that the target cannot say. */
    SS301(Severity.WARNING, "learning-rate multiplier not expressible"),
    /** Parameters that are not trained. */
    SS302(Severity.NOTE, "frozen parameters"),
    /** Parameters that layers share. */
    SS303(Severity.NOTE, "shared parameters"),
    /** The same parameters live in another kind of layer there. */
    SS304(Severity.NOTE, "parameters of another layer"),

    /** A layer of one document that the other does not have. */
    SS305(Severity.WARNING, "layer without a partner"),
    /** A layer whose parameters are not known. */
    SS306(Severity.WARNING, "layer of a class that is not known"),
    /** The trained parameters are given by names that the file does not have. */
    SS311(Severity.WARNING, "trained by name"),

    /** Rates and decays of single parameters are written as parameter groups. */
    SS331(Severity.NOTE, "parameter groups"),
    /** Rates of some parameters that the form of file cannot say. */
    SS341(Severity.WARNING, "rate not expressible in this form"),
    /** A library sorts parameters by a rule that is in no file. */
    SS342(Severity.NOTE, "parameters sorted by a rule"),

    /** The schedule's boundaries are written in the target's convention. */
    SS401(Severity.NOTE, "schedule boundary moved"),
    /** The target has no such schedule. */
    SS402(Severity.WARNING, "schedule not expressible"),
    /** The schedules agree up to a step only. */
    SS403(Severity.NOTE, "schedule exact up to a step"),
    /** The schedule is rewritten because the target counts micro-steps. */
    SS404(Severity.NOTE, "schedule in micro-steps"),
    /** Boundaries out of order, twice, or before the start. */
    SS405(Severity.WARNING, "boundaries out of order"),
    /** What decides the learning rate is written elsewhere. */
    SS411(Severity.ERROR, "schedule not in the file"),

    /** A schedule counts epochs, and nothing says how many updates one has. */
    SS431(Severity.NOTE, "schedule in epochs"),
    /** A field is of some versions of the framework, or means something else in others. */
    SS432(Severity.NOTE, "of some versions only"),
    /** A program's own function of the step is not a known curve, and is a table of its values. */
    SS433(Severity.NOTE, "function read as a table"),
    /** A default that versions of the library have changed is that of the version in use. */
    SS434(Severity.NOTE, "default of a version"),
    /** The file does not say all that decides the learning rate. */
    SS441(Severity.WARNING, "learning rate not fully in the file"),
    /** A schedule that the form of file cannot say. */
    SS442(Severity.WARNING, "schedule not expressible in this form"),

    /** Clipping is at another place relative to the decay. */
    SS501(Severity.WARNING, "clip before decay"),
    /** A threshold that means another thing in the target. */
    SS502(Severity.WARNING, "clip threshold not expressible"),
    /** A threshold is rewritten because the target clips the mean and not the sum. */
    SS503(Severity.NOTE, "clip threshold rewritten"),
    /** Programs that read the same file clip in different ways. */
    SS511(Severity.WARNING, "clipping depends on the program"),
    /** The target takes one batch an update. */
    SS512(Severity.WARNING, "accumulation not expressible"),

    /** A norm is clipped with a small number beside it. */
    SS531(Severity.WARNING, "guarded clipping"),
    /** Clipping, accumulation or a penalty of the loss that the form of file cannot say. */
    SS541(Severity.WARNING, "training loop not expressible in this form"),

    /** A penalty goes through the history that an adaptive optimizer divides by. */
    SS601(Severity.NOTE, "penalty with an adaptive optimizer"),
    /** A parameter is decayed twice: by a penalty, and by the optimizer. */
    SS602(Severity.WARNING, "penalty and decay together"),
    /** Biases, or scales and offsets of normalisations, are decayed. */
    SS603(Severity.NOTE, "decay on biases or normalisations"),
    /** A decay is declared and nothing is decayed. */
    SS604(Severity.WARNING, "decay without effect"),
    /** Keras' {@code decay} of the learning rate has the value of a weight decay. */
    SS605(Severity.WARNING, "rate decay like a weight decay"),
    /** A number that PyYAML reads as text. */
    SS606(Severity.NOTE, "number that YAML reads as text"),
    /** A decay whose size is usual in another unit than the one it is in. */
    SS607(Severity.WARNING, "decay in another unit"),
    /** The rate would drop after the run has ended. */
    SS608(Severity.WARNING, "drop after the end"),
    /** A schedule is shorter or longer than the run. */
    SS609(Severity.WARNING, "schedule and run of different lengths"),
    /** Some parameters are decayed by a default, beside others whose decay is given. */
    SS610(Severity.WARNING, "decay left to a default"),
    /** Biases or normalisations are decayed, and no kernel is. */
    SS611(Severity.WARNING, "decay on the wrong side"),
    /** A regularizer is set on a layer that is built already. */
    SS612(Severity.WARNING, "regularizer set too late"),
    /** A penalty that a program adds is divided by the number of entries of each weight. */
    SS613(Severity.WARNING, "penalty divided by the size of its tensor"),
    /** A program steps a scheduler before the optimizer. */
    SS615(Severity.WARNING, "scheduler before the optimizer"),
    /** A program replaces a layer, or the model, after it made the optimizer of its parameters. */
    SS616(Severity.WARNING, "layer replaced after the optimizer"),
    /** A program looks for whole names of parameters in a list of parts of names. */
    SS617(Severity.WARNING, "whole names in a list of words"),

    /** Two files that must be the same training have another penalty or decay. */
    SS701(Severity.WARNING, "declared pair: another decay"),
    /** Two files that must be the same training have other rates for single parameters, or freeze others. */
    SS702(Severity.WARNING, "declared pair: another rate multiplier"),
    /** Two files that must be the same training have another optimizer or hyper-parameter. */
    SS703(Severity.WARNING, "declared pair: another optimizer"),
    /** Two files that must be the same training have another learning rate. */
    SS704(Severity.WARNING, "declared pair: another learning rate"),
    /** Two files that must be the same training clip or accumulate otherwise. */
    SS705(Severity.WARNING, "declared pair: another clipping or accumulation"),
    /** Two files that must be the same training have parameters without a partner. */
    SS706(Severity.WARNING, "declared pair: parameters without a partner"),
    /** Two files that must be the same training cannot be compared. */
    SS707(Severity.ERROR, "declared pair: not comparable"),
    /** A setting beside the update differs. */
    SS708(Severity.WARNING, "declared pair: another setting"),
    /** A share dropped in one file is the share kept in the other, or the share of the new value. */
    SS709(Severity.WARNING, "declared pair: one minus the share"),
    /** The epsilon of a normalisation is written in one file, and the other framework's default in the other. */
    SS710(Severity.WARNING, "declared pair: epsilon by default"),
    /** One file sums the loss that the other averages. */
    SS711(Severity.WARNING, "declared pair: loss summed on one side"),
    /** One file evaluates an average of the weights, the other the weights. */
    SS712(Severity.WARNING, "declared pair: averaged weights on one side"),

    /** A suppression that suppresses nothing. */
    SS801(Severity.WARNING, "suppression without effect"),
    /** The check's own configuration cannot be used. */
    SS802(Severity.ERROR, "configuration of the check"),
    /** A file was not changed although a change was found. */
    SS803(Severity.ERROR, "file not changed"),

    /** The displayed losses are not comparable. */
    SS901(Severity.NOTE, "displayed loss"),
    /** What the result does not contain. */
    SS902(Severity.NOTE, "not in this file"),
    /** How the result is loaded. */
    SS903(Severity.NOTE, "how to load it"),
    /** What a version computes was read in its source and not measured. */
    SS904(Severity.NOTE, "known from source only");

    private final Severity severity;
    private final String title;

    Code(Severity severity, String title) {
        this.severity = severity;
        this.title = title;
    }

    /** The usual severity. */
    public Severity severity() {
        return severity;
    }

    /** Whether it says the same of every translation, and so nothing of a file. */
    public boolean isStanding() {
        return this == SS901 || this == SS903;
    }

    /** What it is about, in a few words. */
    public String title() {
        return title;
    }
}
