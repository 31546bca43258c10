package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/**
 * Something that the machine refused to read or write, which is nobody's bug.
 *
 * @param told in words
 */
record Refusal(String told) {
  /** The refusal behind a failure, if one is. */
  static Optional<Refusal> behind(Throwable failure) {
    for (Optional<Throwable> at = Optional.of(failure);
        at.isPresent();
        at = Optional.ofNullable(at.get().getCause())) {
      switch (at.get()) {
        case IOException refused -> {
          return Optional.of(new Refusal(words(refused)));
        }
        case UncheckedIOException refused -> {
          return Optional.of(new Refusal(refused.getMessage()));
        }
        default -> {
          // a cause further down may tell
        }
      }
    }
    return Optional.empty();
  }

  private static String words(IOException refused) {
    return switch (refused) {
      case NoSuchFileException e -> "no such file or folder: " + e.getMessage();
      case AccessDeniedException e -> "no permission: " + e.getMessage();
      case FileAlreadyExistsException e -> "is in the way: " + e.getMessage();
      case NotDirectoryException e -> "not a folder: " + e.getMessage();
      default -> "cannot read or write: " + refused.getMessage();
    };
  }
}
