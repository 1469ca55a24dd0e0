/** torchtitan's TOML. */
package samestep.dialect.pytorch.torchtitan;
