package org.vipdrift.netio.node;

/** Why a node does not run, in words for its operator; it leaves nothing behind. */
public final class NodeRefusal extends Exception {
  private static final long serialVersionUID = 1;

  /** Whose fault it is. */
  public enum Kind {
    /** The configuration asks for what cannot be. */
    CONFIGURATION,
    /** The machine lacks something, or the user a privilege. */
    ENVIRONMENT
  }

  private final Kind kind;

  public NodeRefusal(Kind kind, String told) {
    super(told);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
