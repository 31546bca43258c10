package org.vipdrift.netio.namespaces;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vipdrift.netio.foreign.Libc;

/**
 * Something that the testbed of namespaces needs of a machine.
 *
 * @param what in a few words
 * @param isThere whether this machine has it
 * @param isNeeded by every scenario; what is not is needed by some
 * @param otherwise what to do where it is missing
 */
public record Requirement(String what, boolean isThere, boolean isNeeded, String otherwise) {
  /** All there are, looked up now. */
  public static List<Requirement> all() {
    return List.of(
        new Requirement(
            "root's privileges", Libc.userId() == 0, true, "run it as root, as with sudo"),
        new Requirement(
            "/dev/net/tun",
            Files.isWritable(Path.of("/dev/net/tun")),
            true,
            "load the kernel module tun, or let the container have the device"),
        program("unshare", true, "util-linux"),
        program("nsenter", true, "util-linux"),
        program("setpriv", true, "util-linux"),
        program("ip", true, "iproute2"),
        program("keepalived", true, "keepalived"),
        program("nft", false, "nftables"),
        program("haproxy", false, "haproxy"),
        program("nginx", false, "nginx"),
        program("killall", false, "psmisc"),
        program("pidof", false, "sysvinit-utils"),
        program("ping", false, "iputils-ping"),
        program("curl", false, "curl"),
        program("openssl", false, "openssl"));
  }

  private static Requirement program(String name, boolean needed, String debianPackage) {
    return new Requirement(
        name, isInstalled(name), needed, "install it, as by apt-get install " + debianPackage);
  }

  /** Whether a program is where hosts of the testbed look for it. */
  static boolean isInstalled(String name) {
    return Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
