package samestep.translate.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.setting.SettingComparison;
import samestep.compare.setting.SettingRow;
import samestep.compare.setting.SettingRow.Status;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.write.Rewrite;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.text.Edit;
import samestep.text.Edits;
import samestep.text.SourceText;
import samestep.translate.Checklist;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileRewriter;

/**
 * Brings what is beside the update into a document whose update was changed: numbers of its own fields that say a
 * setting of the source, in the fields' conventions. What is left is a checklist.
 */
public final class SettingRewriter {
    private final ConfigurationFile source;
    private final ConfigurationFile target;
    private final Partners partners;
    private final ProofMemory memory;

    /**
     * @param source what the document should mean
     * @param target the document as it was
     * @param partners which layers of the source are which of the document's
     * @param memory proofs that were made elsewhere
     */
    public SettingRewriter(ConfigurationFile source, ConfigurationFile target, Partners partners, ProofMemory memory) {
        this.source = source;
        this.target = target;
        this.partners = partners;
        this.memory = memory;
    }

    /**
     * A changed document with its settings.
     *
     * @param rewrite the change
     * @param comparison of the updates of the source and the changed document
     * @param settings of both
     * @param checklist the settings that are left to be set
     */
    public record Rewritten(Rewrite rewrite, Comparison comparison, SettingComparison settings, Checklist checklist) {
        /** Whether the update is proven to be the same, and no setting differs. */
        public boolean isSameTraining() {
            return comparison.isProven() && !settings.differs();
        }
    }

    /** The document with the update's changes and those of its settings. */
    public Rewritten rewritten(FileRewriter.Rewritten update) {
        Optional<Recipe> meant = source.read().value();
        Optional<Recipe> now = read(update.rewrite());
        if (meant.isEmpty() || now.isEmpty()) {
            SettingComparison none = new SettingComparison(List.of(), List.of());
            return new Rewritten(update.rewrite(), update.comparison(), none, new Checklist(List.of()));
        }
        Rewrite rewrite = withSettings(meant.get(), now.get(), update);
        Recipe then = read(rewrite).orElseThrow();
        SettingComparison settings = compared(meant.get(), then);
        return new Rewritten(rewrite, update.comparison(), settings, checklist(rewrite, settings));
    }

    private Optional<Recipe> read(Rewrite rewrite) {
        Input input = target.input();
        Input after = ProgramText.isOne(input.source())
                ? input.with(rewrite.changed())
                : rewrite.result().with(input.run());
        return target.dialect().read(after).value();
    }

    /** Initial weights that the source leaves to its framework's default are asked of no document. */
    private SettingComparison compared(Recipe meant, Recipe document) {
        SettingComparison all = SettingComparison.of(meant.allSettings(), document.allSettings(), partners);
        List<SettingRow> rows = all.rows().stream()
                .filter(row -> row.kind() != SettingKind.INITIAL_WEIGHTS
                        || row.source().filter(Setting::isWritten).isPresent())
                .toList();
        return new SettingComparison(rows, all.unjudged());
    }

    /** Numbers of a program of several trainings may be those of another one too: they are left to a person. */
    private Rewrite withSettings(Recipe meant, Recipe now, FileRewriter.Rewritten update) {
        Rewrite rewrite = update.rewrite();
        if (target.input().part().isPresent()) {
            return rewrite;
        }
        for (SettingRow row : compared(meant, now).of(Status.DIFFERS)) {
            rewrite = with(SettingEdits.of(row, now.allSettings(), partners), rewrite, now, update);
        }
        return rewrite;
    }

    /** The change with more edits of the document that the update's changes make; without them where they change its update. */
    private Rewrite with(List<Edit> more, Rewrite rewrite, Recipe now, FileRewriter.Rewritten update) {
        String text = update.rewrite().changed().text();
        List<Edit> own =
                more.stream().filter(e -> e.source().text().equals(text)).toList();
        if (own.isEmpty() || own.size() < more.size()) {
            return rewrite;
        }
        SourceText existing = rewrite.existing();
        Optional<Rewrite> changed = Edits.composed(existing, update.rewrite().edits(), own)
                .map(composed -> composed.subList(update.rewrite().edits().size(), composed.size()))
                .map(edits -> {
                    List<Edit> all = new ArrayList<>(rewrite.edits());
                    edits.stream()
                            .filter(e -> all.stream().noneMatch(a -> overlap(a, e)))
                            .forEach(all::add);
                    return new Rewrite(existing, all, rewrite.beside(), rewrite.written(), rewrite.findings());
                });
        return changed.filter(
                        c -> read(c).filter(then -> isSameUpdate(now, then)).isPresent())
                .orElse(rewrite);
    }

    private static boolean overlap(Edit one, Edit other) {
        return one.span().start() < other.span().end()
                        && other.span().start() < one.span().end()
                || one.span().equals(other.span());
    }

    private boolean isSameUpdate(Recipe now, Recipe then) {
        return Comparer.compare(now, then, Partners.byName(), memory).isProven();
    }

    private Checklist checklist(Rewrite rewrite, SettingComparison settings) {
        Dialect to = target.dialect();
        String style = to.styles().stream()
                .filter(s -> to.hasStyle(rewrite.existing(), s))
                .findFirst()
                .orElseGet(() -> to.styles().stream().findFirst().orElse(""));
        return Checklist.of(settings, setting -> style.isEmpty() ? "" : to.says(setting, style));
    }
}
