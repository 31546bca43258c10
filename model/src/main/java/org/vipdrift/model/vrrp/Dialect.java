package org.vipdrift.model.vrrp;

/**
 * Whose VRRP is spoken: each point on which implementations and standards differ, by name.
 *
 * <p>keepalived 2.2.7 is the default since its configuration files are what users bring.
 */
public enum Dialect {
  /** keepalived 2.2.7, as Debian 12 ships it. */
  KEEPALIVED_2_2_7(
      AddressListCheck.DROP,
      LowerPriorityAnswer.ADVERTISE_AND_ANNOUNCE,
      OwnerConflict.YIELD_FOR_GOOD,
      false,
      ChecksumMode.PSEUDO_HEADER,
      true,
      false,
      true),
  /** keepalived 2.2.8: adds {@code timer_expired_backup}. */
  KEEPALIVED_2_2_8(
      AddressListCheck.DROP,
      LowerPriorityAnswer.ADVERTISE_AND_ANNOUNCE,
      OwnerConflict.YIELD_FOR_GOOD,
      true,
      ChecksumMode.PSEUDO_HEADER,
      true,
      false,
      true),
  /** keepalived 2.3.3: address lists are compared for the log only; two owners test each other. */
  KEEPALIVED_2_3_3(
      AddressListCheck.LOG,
      LowerPriorityAnswer.ADVERTISE_AND_ANNOUNCE,
      OwnerConflict.YIELD_FOR_A_TEST,
      true,
      ChecksumMode.PSEUDO_HEADER,
      true,
      false,
      true),
  /** RFC 3768, version 2. */
  RFC_3768(
      AddressListCheck.DROP_UNLESS_OWNER,
      LowerPriorityAnswer.SILENT,
      OwnerConflict.DROP,
      false,
      ChecksumMode.PSEUDO_HEADER,
      false,
      true,
      false),
  /** RFC 5798, version 3. */
  RFC_5798(
      AddressListCheck.LOG,
      LowerPriorityAnswer.SILENT,
      OwnerConflict.DROP,
      false,
      ChecksumMode.PSEUDO_HEADER,
      false,
      true,
      false),
  /** RFC 9568, version 3 with its errata 8298, 8299 and 8301. */
  RFC_9568(
      AddressListCheck.LOG,
      LowerPriorityAnswer.ADVERTISE,
      OwnerConflict.LOG,
      false,
      ChecksumMode.NO_PSEUDO_HEADER,
      false,
      true,
      false);

  /** What a differing list of virtual addresses does to an advert. */
  public enum AddressListCheck {
    DROP,
    /** RFC 3768 section 7.1: an owner's list is believed. */
    DROP_UNLESS_OWNER,
    LOG
  }

  /** What a master does that hears a lower priority, or an equal one from a lower address. */
  public enum LowerPriorityAnswer {
    SILENT,
    /** RFC 9568 section 6.4.3: an advert at once. */
    ADVERTISE,
    /** keepalived: an advert at once, and the addresses are announced again. */
    ADVERTISE_AND_ANNOUNCE
  }

  /** What an owner (priority 255) does that hears another owner. */
  public enum OwnerConflict {
    /** RFC 3768 and 5798 section 7.1: an owner drops every advert. */
    DROP,
    /** Erratum 8298 to RFC 9568: logged, then handled like any advert. */
    LOG,
    /** keepalived up to 2.3.2: the lower address falls to 254 and stays there. */
    YIELD_FOR_GOOD,
    /** keepalived from 2.3.3: the lower address is at 254 until it has heard two more adverts. */
    YIELD_FOR_A_TEST
  }

  private final AddressListCheck addressListCheck;
  private final LowerPriorityAnswer lowerPriorityAnswer;
  private final OwnerConflict ownerConflict;
  private final boolean lateTimerStepsDown;
  private final ChecksumMode checksumMode;
  private final boolean acceptsEitherChecksum;
  private final boolean checksTtlOfUnicast;
  private final boolean keepalivedHabits;

  Dialect(
      AddressListCheck addressListCheck,
      LowerPriorityAnswer lowerPriorityAnswer,
      OwnerConflict ownerConflict,
      boolean lateTimerStepsDown,
      ChecksumMode checksumMode,
      boolean acceptsEitherChecksum,
      boolean checksTtlOfUnicast,
      boolean keepalivedHabits) {
    this.addressListCheck = addressListCheck;
    this.lowerPriorityAnswer = lowerPriorityAnswer;
    this.ownerConflict = ownerConflict;
    this.lateTimerStepsDown = lateTimerStepsDown;
    this.checksumMode = checksumMode;
    this.acceptsEitherChecksum = acceptsEitherChecksum;
    this.checksTtlOfUnicast = checksTtlOfUnicast;
    this.keepalivedHabits = keepalivedHabits;
  }

  public AddressListCheck addressListCheck() {
    return addressListCheck;
  }

  public LowerPriorityAnswer lowerPriorityAnswer() {
    return lowerPriorityAnswer;
  }

  public OwnerConflict ownerConflict() {
    return ownerConflict;
  }

  /** Whether {@code timer_expired_backup} exists: a nopreempt master steps down after a gap. */
  public boolean lateTimerStepsDown() {
    return lateTimerStepsDown;
  }

  /** How the checksum of version 3 over IPv4 is made on sending. */
  public ChecksumMode checksumMode() {
    return checksumMode;
  }

  /** Whether version 3 over IPv4 is accepted with either checksum. */
  public boolean acceptsEitherChecksum() {
    return acceptsEitherChecksum;
  }

  /** Whether unicast adverts, too, must arrive with a TTL of 255. */
  public boolean checksTtlOfUnicast() {
    return checksTtlOfUnicast;
  }

  /** Whether timers are cut to whole microseconds, as keepalived's arithmetic does. */
  public boolean cutsTimersToMicroseconds() {
    return keepalivedHabits;
  }

  /**
   * Whether every packet for the virtual router, dropped ones included, puts off a master's next
   * advert by a full interval (measured with keepalived 2.2.7).
   */
  public boolean receivingPostponesAdvertisement() {
    return keepalivedHabits;
  }

  /** Whether an owner is master at once only if its file says {@code state MASTER} as well. */
  public boolean ownerNeedsStateMaster() {
    return keepalivedHabits;
  }

  /** Whether an advert without addresses is dropped whatever is configured (erratum 8299). */
  public boolean dropsEmptyAddressLists() {
    return !keepalivedHabits;
  }

  /** Adverts of priority 0 sent when a master goes to FAULT: keepalived 2, else 1. */
  public int releasesOnFault() {
    return keepalivedHabits ? 2 : 1;
  }
}
