package org.vipdrift.simulator.kernel.tcp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;

/** Data that came before what precedes it. */
final class Reassembly {
  private record Piece(int sequence, Octets data) {
    int end() {
      return sequence + data.length();
    }
  }

  /** In the order of the sequence. */
  private final List<Piece> pieces = new ArrayList<>(2);

  /** Keeps a piece; one that is there already is not kept twice. */
  void add(int sequence, Octets data) {
    int index = pieces.size();
    while (index > 0 && Sequence.isAfter(pieces.get(index - 1).sequence(), sequence)) {
      index--;
    }
    boolean known =
        index > 0 && !Sequence.isAfter(sequence + data.length(), pieces.get(index - 1).end());
    if (!known) {
      pieces.add(index, new Piece(sequence, data));
    }
  }

  /** The data that follows at once on what has been received; null while it is missing. */
  @Nullable Octets take(int next) {
    while (!pieces.isEmpty()) {
      Piece piece = pieces.getFirst();
      if (Sequence.isAfter(piece.sequence(), next)) {
        return null;
      }
      pieces.removeFirst();
      int overlap = next - piece.sequence();
      if (overlap < piece.data().length()) {
        return overlap == 0 ? piece.data() : piece.data().slice(overlap, piece.data().length());
      }
    }
    return null;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }
}
