package org.vipdrift.model.config.keepalived;

import java.util.List;

/**
 * Virtual MAC options, kept as written.
 *
 * @param useVmac whether a macvlan interface with the virtual router's MAC was asked for
 * @param vmacWords the words after {@code use_vmac}
 * @param useVmacAddress {@code use_vmac_addr}
 * @param transmitBase {@code vmac_xmit_base}
 * @param useIpvlan whether {@code use_ipvlan} was given
 * @param ipvlanWords the words after {@code use_ipvlan}
 */
public record VirtualMacSettings(
    boolean useVmac,
    List<String> vmacWords,
    boolean useVmacAddress,
    boolean transmitBase,
    boolean useIpvlan,
    List<String> ipvlanWords) {
  public VirtualMacSettings {
    vmacWords = List.copyOf(vmacWords);
    ipvlanWords = List.copyOf(ipvlanWords);
  }
}
