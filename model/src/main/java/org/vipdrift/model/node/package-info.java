/**
 * What one keepalived process is to do: its instances, what they track, whom they notify.
 *
 * <p>A {@link org.vipdrift.model.node.NodeConfiguration} is the configuration file with every
 * default and reference resolved; actors and any other driver of the machines start from it.
 */
@NullMarked
package org.vipdrift.model.node;

import org.jspecify.annotations.NullMarked;
