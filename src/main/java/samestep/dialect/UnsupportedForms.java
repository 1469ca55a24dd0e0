package samestep.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import samestep.text.SourceText;
import samestep.text.Words;

/**
 * Training configurations that are known by sight and cannot be read yet: one row for each form. A row names what has to
 * be in the file, so that the refusal can say what the file is.
 */
final class UnsupportedForms {
    private static final Set<String> YAML = Set.of("yaml", "yml");
    private static final Set<String> JSON = Set.of("json");
    /** Marks are looked for in so much of a file. */
    private static final int LOOKED_AT = 256 * 1024;

    private static final List<Form> FORMS = List.of(
            form("an Ultralytics args.yaml of a mode that does not train", YAML, "task:", "mode:", "lr0:", "lrf:"),
            form(
                    "a YOLOv5 or YOLOv7 hyp.yaml (it has no optimizer, batch and epochs: these are in the command)",
                    YAML,
                    "lr0:",
                    "lrf:",
                    "warmup_bias_lr:"),
            form(
                    "a DeepSpeed configuration",
                    JSON,
                    "\"train_batch_size\":|\"train_micro_batch_size_per_gpu\":|" + "\"zero_optimization\":"),
            form(
                    "a list of PyTorch's parameter groups that does not name its optimizer (put it into"
                            + " {\"optimizer\": {\"class_path\": \"torch.optim.AdamW\"}, \"param_groups\": [...]})",
                    JSON,
                    "\\A\\s{0,100}\\[\\s{0,100}\\{",
                    "\"lr\":",
                    "\"params\":"),
            form("an oumi configuration", YAML, "training:", "  trainer_type:"),
            form("a TRL recipe", YAML, "model_name_or_path:", "learning_rate:"),
            form("an mlx-lm configuration", YAML, "lr_schedule:|optimizer_config:", "iters:"),
            form(
                    "a MaxText configuration",
                    YAML,
                    "base_config:|opt_type:",
                    "per_device_batch_size:|adam_weight_decay:"),
            form("an llm-foundry or Composer configuration", YAML, "max_duration:", "optimizer:|scheduler:"),
            form("a fairseq configuration", YAML, "optimization:", "criterion:"),
            form("a NeMo configuration", YAML, "trainer:", "model:", "  optim:"),
            form("a torchtitan configuration", Set.of("toml"), "\\[optimizer\\]", "\\[training\\]"),
            form("a Megatron-LM command", Set.of("sh"), ".*--lr-decay-(iters|style)\\b"),
            program("an MXNet program", "mxnet"),
            program("a tensorpack program", "tensorpack"),
            form(
                    "a Lua Torch program",
                    Set.of("lua"),
                    "(?:local\\s.{0,40})?require\\s{0,5}\\(?['\"](?:torch|xlua|optim|nn|cunn)['\"]"),
            form("a gin configuration, as in T5X", Set.of("gin"), "[\\w./@]{1,200}\\s{0,20}="));

    private UnsupportedForms() {}

    /**
     * A form.
     *
     * @param name with its article
     * @param endings of the files' names
     * @param word is in the text, if one must be; the marks, which cost more, are looked for then
     * @param marks each has to be at the beginning of a line
     */
    private record Form(String name, Set<String> endings, Optional<Words> word, List<Pattern> marks) {
        boolean is(String ending, String text) {
            return endings.contains(ending)
                    && word.map(w -> w.isIn(text)).orElse(true)
                    && marks.stream().allMatch(mark -> mark.matcher(text).find());
        }
    }

    private static Form form(String name, Set<String> endings, String... marks) {
        // In JSON all may be in one line.
        String start = endings == JSON ? "" : "^";
        List<Pattern> patterns = Stream.of(marks)
                .map(mark -> Pattern.compile(start + "(?:" + mark + ")", Pattern.MULTILINE))
                .collect(Collectors.toUnmodifiableList());
        return new Form(name, endings, Optional.empty(), patterns);
    }

    /** A Python program that imports a library. */
    private static Form program(String name, String library) {
        Form imports = form(name, Set.of("py"), "\\s{0,20}(?:import|from)\\s{1,5}" + library + "\\b");
        return new Form(name, imports.endings(), Optional.of(Words.of(library)), imports.marks());
    }

    /** What a text is that no reader recognises, with its article; empty if that is not known either. */
    static Optional<String> of(SourceText source) {
        String name = source.name().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String text = source.withoutMark();
        String head = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
        return FORMS.stream()
                .filter(form -> form.is(ending, head))
                .map(Form::name)
                .findFirst();
    }
}
