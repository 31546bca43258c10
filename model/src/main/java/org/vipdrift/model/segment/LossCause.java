package org.vipdrift.model.segment;

/** Why a frame does not leave the switch at a port where it would have. */
public sealed interface LossCause {
  /** A link rule took it. */
  record ByRule(String name) implements LossCause {}

  /** The port could not carry more. */
  record QueueFull() implements LossCause {}

  /** The switch believes that nobody behind the port wants the group. */
  record Pruned() implements LossCause {}

  /** No cable, or nobody at its other end. */
  record NoCarrier() implements LossCause {}

  /** Shorter than an Ethernet header, or its source is a group address. */
  record BrokenFrame() implements LossCause {}
}
