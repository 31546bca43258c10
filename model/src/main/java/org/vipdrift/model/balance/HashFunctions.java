package org.vipdrift.model.balance;

import java.util.zip.CRC32;
import org.vipdrift.model.haproxy.settings.HashType;

/** The hash functions that {@code hash-type} names, over bytes to 32 bits. */
final class HashFunctions {
  private HashFunctions() {}

  static int hash(HashType.Function function, byte[] bytes) {
    return switch (function) {
      case SDBM -> sdbm(bytes);
      case DJB2 -> djb2(bytes);
      case WT6 -> wt6(bytes);
      case CRC32 -> crc32(bytes);
    };
  }

  private static int sdbm(byte[] bytes) {
    int hash = 0;
    for (byte each : bytes) {
      hash = (each & 0xff) + (hash << 6) + (hash << 16) - hash;
    }
    return hash;
  }

  private static int djb2(byte[] bytes) {
    int hash = 5381;
    for (byte each : bytes) {
      hash = (hash << 5) + hash + (each & 0xff);
    }
    return hash;
  }

  /** Two words that rotate each other by amounts which the text decides. */
  private static int wt6(byte[] bytes) {
    int left = 0xa53c965a;
    int right = 0x5ca6953a;
    int turnLeft = 6;
    int turnRight = 18;
    for (byte each : bytes) {
      int value = each & 0xff;
      left = ~(left ^ value);
      right = ~(right + value);
      int turned = Integer.rotateLeft(right, turnLeft);
      right = Integer.rotateLeft(left, turnRight);
      left = turned;
      int turns = (left >>> 16 ^ right) & 0xffff;
      turnLeft = turns & 0x1f;
      turnRight = turns >>> 11;
    }
    return left ^ right;
  }

  private static int crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
