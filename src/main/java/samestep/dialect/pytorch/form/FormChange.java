package samestep.dialect.pytorch.form;

import samestep.syntax.yaml.YamlMapping;

/** How the entries of a written document come into an existing one of the same form. */
public interface FormChange {
    /**
     * Notes the edits.
     *
     * @param edits takes them
     * @param here the existing document
     * @param wanted what would be written
     */
    void make(YamlMerge edits, YamlMapping here, YamlMapping wanted);
}
