package samestep.dialect.pytorch;

import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.deepspeed.DeepSpeedForm;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.hydra.HydraForm;
import samestep.dialect.pytorch.hydra.LightningForm;
import samestep.dialect.pytorch.hydra.TorchtuneForm;
import samestep.dialect.pytorch.json.JsonForm;
import samestep.dialect.pytorch.lazy.LazyForm;
import samestep.dialect.pytorch.live.LiveForm;
import samestep.dialect.pytorch.mmengine.MmengineForm;
import samestep.dialect.pytorch.program.ProgramForm;
import samestep.dialect.pytorch.timm.TimmForm;
import samestep.dialect.pytorch.torchtitan.TorchtitanForm;
import samestep.dialect.pytorch.torchtitan.TorchtitanProgramForm;
import samestep.dialect.pytorch.transformers.AxolotlForm;
import samestep.dialect.pytorch.transformers.LlamaFactoryForm;
import samestep.dialect.pytorch.transformers.TransformersForm;
import samestep.dialect.pytorch.transformers.TrlForm;
import samestep.dialect.pytorch.ultralytics.UltralyticsForm;
import samestep.dialect.pytorch.yacs.DetectronForm;
import samestep.dialect.pytorch.yacs.PyclsForm;
import samestep.dialect.pytorch.yacs.SlowFastForm;
import samestep.text.SourceText;

/** The forms of files: every form is one line here. The first that recognises a text reads it. */
final class PytorchForms {
    private static final List<PytorchForm> ALL = List.of(
            new LiveForm(),
            new LightningForm(),
            new HydraForm(),
            new TorchtuneForm(),
            new LlamaFactoryForm(),
            new AxolotlForm(),
            new TrlForm(),
            new TransformersForm(),
            new TimmForm(),
            new DetectronForm(),
            new SlowFastForm(),
            new PyclsForm(),
            new UltralyticsForm(),
            new DeepSpeedForm(),
            new JsonForm(),
            new TorchtitanForm(),
            new TorchtitanProgramForm(),
            new MmengineForm(),
            new LazyForm(),
            new ProgramForm());

    private PytorchForms() {}

    /** All of them. */
    static List<PytorchForm> all() {
        return ALL;
    }

    /** The form that a text has; none where it has that of a library that is not read. */
    static Optional<PytorchForm> of(SourceText source) {
        return ALL.stream()
                .filter(form -> form.recognises(source))
                .findFirst()
                .filter(form -> UnreadForms.of(source).isEmpty());
    }

    /** The form that a style writes; one that writes the same style as another comes before it in the list. */
    static Optional<PytorchForm> written(String style) {
        return ALL.stream()
                .filter(form -> form.style().equals(Optional.of(style)))
                .reduce((before, own) -> own);
    }
}
