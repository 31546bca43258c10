package org.vipdrift.model.vrrp;

/** On which occasion a notify script is due. */
public enum NotifyKind {
  MASTER,
  BACKUP,
  FAULT,
  STOP,
  DELETED,
  /** {@code notify_master_rx_lower_pri}: a master heard a lower priority. */
  MASTER_RX_LOWER_PRIORITY
}
