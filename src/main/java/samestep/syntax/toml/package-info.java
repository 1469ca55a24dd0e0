/** TOML, as a tree of the same values that YAML has. */
package samestep.syntax.toml;
