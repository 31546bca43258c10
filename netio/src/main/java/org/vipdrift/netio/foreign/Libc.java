package org.vipdrift.netio.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of the C library that netio makes, one method each.
 *
 * <p>File descriptors and lengths are the C library's. Methods that end in an errno answer {@code
 * -errno} where they fail, and say so; all others throw.
 */
// Calling native code is what this class is for.
@SuppressWarnings("restricted")
public final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /** Where a thread's calls leave their errno. */
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURE));

  /** More than a {@code struct sigaction}, which begins with the handler. */
  private static final long SIGACTION_OCTETS = 256;

  private static final MethodHandle SOCKET = ofInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = ofInt("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      ofInt("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME = ofInt("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SENDTO =
      ofLong("sendto", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SENDMSG = ofLong("sendmsg", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECVMSG = ofLong("recvmsg", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECVMMSG =
      ofInt("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle READ = ofLong("read", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE = ofLong("write", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = ofInt("close", JAVA_INT);
  private static final MethodHandle PPOLL = ofInt("ppoll", ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle EVENTFD = ofInt("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle SETNS = ofInt("setns", JAVA_INT, JAVA_INT);
  private static final MethodHandle MLOCKALL = ofInt("mlockall", JAVA_INT);
  private static final MethodHandle SETPRIORITY =
      ofInt("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle KILL = ofInt("kill", JAVA_INT, JAVA_INT);
  private static final MethodHandle SIGACTION = ofInt("sigaction", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle OPEN =
      variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle IOCTL =
      variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle PRCTL =
      variadic("prctl", 1, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          SYMBOLS.findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  /** What hardly any node calls: linked when one of them is called. */
  private static final class Seldom {
    private static final MethodHandle SCHED_SETSCHEDULER =
        ofInt("sched_setscheduler", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle GETEUID = ofInt("geteuid");
    private static final MethodHandle IF_NAMETOINDEX = ofInt("if_nametoindex", ADDRESS);
    private static final MethodHandle MKFIFO = ofInt("mkfifo", ADDRESS, JAVA_INT);

    private Seldom() {}
  }

  private Libc() {}

  /**
   * Links what nodes call, which the first call does otherwise: some 70 ms at the start of a JVM.
   */
  public static void link() {
    // The class has been initialised: they are linked.
  }

  private static MethodHandle ofInt(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle ofLong(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_LONG, arguments));
  }

  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        SYMBOLS.findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(
      String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        SYMBOLS.findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  private static AssertionError impossible(Throwable thrown) {
    return new AssertionError("a native call cannot throw", thrown);
  }

  private static int checked(int result, MemorySegment state, String what) throws NativeException {
    if (result < 0) {
      throw new NativeException(what, errno(state));
    }
    return result;
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /**
   * @param what is being opened, for the message
   */
  public static int socket(int domain, int type, int protocol, String what) throws NativeException {
    MemorySegment state = STATE.get();
    try {
      return checked((int) SOCKET.invokeExact(state, domain, type, protocol), state, what);
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  public static void bind(int fd, MemorySegment address, String what) throws NativeException {
    MemorySegment state = STATE.get();
    try {
      checked((int) BIND.invokeExact(state, fd, address, (int) address.byteSize()), state, what);
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  public static void setOption(int fd, int level, int name, MemorySegment value, String what)
      throws NativeException {
    MemorySegment state = STATE.get();
    try {
      checked(
          (int) SETSOCKOPT.invokeExact(state, fd, level, name, value, (int) value.byteSize()),
          state,
          what);
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  public static void setOption(int fd, int level, int name, int value, String what)
      throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      setOption(fd, level, name, arena.allocateFrom(JAVA_INT, value), what);
    }
  }

  /** Fills {@code address} with the socket's own. */
  public static void ownAddress(int fd, MemorySegment address, String what) throws NativeException {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) address.byteSize());
      checked((int) GETSOCKNAME.invokeExact(state, fd, address, length), state, what);
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Octets sent, or {@code -errno}. */
  public static long sendTo(
      int fd, MemorySegment octets, long length, int flags, MemorySegment address) {
    MemorySegment state = STATE.get();
    try {
      long sent =
          (long)
              SENDTO.invokeExact(
                  state, fd, octets, length, flags, address, (int) address.byteSize());
      return sent < 0 ? -errno(state) : sent;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Octets sent, or {@code -errno}; {@code message} is a {@code struct msghdr}. */
  public static long sendMessage(int fd, MemorySegment message, int flags) {
    MemorySegment state = STATE.get();
    try {
      long sent = (long) SENDMSG.invokeExact(state, fd, message, flags);
      return sent < 0 ? -errno(state) : sent;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Octets received, or {@code -errno}; {@code message} is a {@code struct msghdr}. */
  public static long receiveMessage(int fd, MemorySegment message, int flags) {
    MemorySegment state = STATE.get();
    try {
      long received = (long) RECVMSG.invokeExact(state, fd, message, flags);
      return received < 0 ? -errno(state) : received;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * Messages received, or {@code -errno}.
   *
   * @param messages an array of {@code struct mmsghdr}
   */
  public static int receiveMessages(int fd, MemorySegment messages, int count, int flags) {
    MemorySegment state = STATE.get();
    try {
      int received =
          (int) RECVMMSG.invokeExact(state, fd, messages, count, flags, MemorySegment.NULL);
      return received < 0 ? -errno(state) : received;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Octets read, 0 at the end, or {@code -errno}. */
  public static long read(int fd, MemorySegment into, long length) {
    MemorySegment state = STATE.get();
    try {
      long read = (long) READ.invokeExact(state, fd, into, length);
      return read < 0 ? -errno(state) : read;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Octets written, or {@code -errno}. */
  public static long write(int fd, MemorySegment octets, long length) {
    MemorySegment state = STATE.get();
    try {
      long written = (long) WRITE.invokeExact(state, fd, octets, length);
      return written < 0 ? -errno(state) : written;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Closes a descriptor; what the kernel says of it helps nobody. */
  public static void close(int fd) {
    try {
      int _ = (int) CLOSE.invokeExact(STATE.get(), fd);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * Waits for descriptors.
   *
   * @param descriptors an array of {@code struct pollfd}: int fd, short events, short revents
   * @param timeout a {@code struct timespec}; {@link MemorySegment#NULL} waits for ever
   * @return how many are ready, or {@code -errno}
   */
  public static int poll(MemorySegment descriptors, long count, MemorySegment timeout) {
    MemorySegment state = STATE.get();
    try {
      int ready = (int) PPOLL.invokeExact(state, descriptors, count, timeout, MemorySegment.NULL);
      return ready < 0 ? -errno(state) : ready;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** A counter that wakes a poll; non-blocking. */
  public static int eventDescriptor() throws NativeException {
    MemorySegment state = STATE.get();
    try {
      int flags = Constants.O_NONBLOCK | Constants.O_CLOEXEC;
      return checked((int) EVENTFD.invokeExact(state, 0, flags), state, "eventfd");
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Opens a file; {@code O_CLOEXEC} is added. */
  public static int open(String path, int flags) throws NativeException {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      int all = flags | Constants.O_CLOEXEC;
      return checked((int) OPEN.invokeExact(state, name, all, 0), state, "open " + path);
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  public static int ioctl(int fd, long request, MemorySegment argument, String what)
      throws NativeException {
    MemorySegment state = STATE.get();
    try {
      return checked((int) IOCTL.invokeExact(state, fd, request, argument), state, what);
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * Moves the calling thread, and it alone, into another namespace.
   *
   * @param type {@link Constants#CLONE_NEWNET}
   */
  public static void setNamespace(int fd, int type) throws NativeException {
    MemorySegment state = STATE.get();
    try {
      checked((int) SETNS.invokeExact(state, fd, type), state, "setns");
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * Keeps the process in memory.
   *
   * @param flags of {@code mlockall}, as {@link Constants#MCL_CURRENT}
   */
  public static void lockMemory(int flags) throws NativeException {
    MemorySegment state = STATE.get();
    try {
      checked((int) MLOCKALL.invokeExact(state, flags), state, "mlockall");
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * Sets how a thread is scheduled.
   *
   * @param thread the kernel's number of it; 0 for the calling one
   * @param policy {@link Constants#SCHED_RR} or {@link Constants#SCHED_OTHER}
   * @param priority 1..99, or 0 for the ordinary policy
   */
  public static void setScheduler(int thread, int policy, int priority) throws NativeException {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameter = arena.allocateFrom(JAVA_INT, priority);
      int result = (int) Seldom.SCHED_SETSCHEDULER.invokeExact(state, thread, policy, parameter);
      checked(result, state, "sched_setscheduler");
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Sets the nice value, -20..19, of the whole process. */
  public static void setNice(int nice) throws NativeException {
    MemorySegment state = STATE.get();
    try {
      checked((int) SETPRIORITY.invokeExact(state, 0, 0, nice), state, "setpriority");
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * @param option of {@code prctl}, as {@link Constants#PR_SET_TIMERSLACK}
   */
  public static int processControl(int option, long argument) throws NativeException {
    MemorySegment state = STATE.get();
    try {
      int result = (int) PRCTL.invokeExact(state, option, argument, 0L, 0L, 0L);
      return checked(result, state, "prctl " + option);
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * Sends a signal; 0, or {@code -errno}.
   *
   * @param pid negative for a process group
   */
  public static int kill(int pid, int signal) {
    MemorySegment state = STATE.get();
    try {
      return (int) KILL.invokeExact(state, pid, signal) < 0 ? -errno(state) : 0;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** What a signal does in this process: a function's address, or as {@link Constants#SIG_IGN}. */
  public static long disposition(int signal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(SIGACTION_OCTETS);
      int _ = (int) SIGACTION.invokeExact(STATE.get(), signal, MemorySegment.NULL, action);
      return action.get(JAVA_LONG, 0);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * Sets what a signal does in this process.
   *
   * @param disposition {@link Constants#SIG_DFL} or {@link Constants#SIG_IGN}
   */
  public static void setDisposition(int signal, long disposition) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(SIGACTION_OCTETS);
      action.set(JAVA_LONG, 0, disposition);
      int _ = (int) SIGACTION.invokeExact(STATE.get(), signal, action, MemorySegment.NULL);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** The effective user. */
  public static int userId() {
    try {
      return (int) Seldom.GETEUID.invokeExact(STATE.get());
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** The index of an interface in the calling thread's network namespace; 0 if there is none. */
  public static int interfaceIndex(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) Seldom.IF_NAMETOINDEX.invokeExact(STATE.get(), arena.allocateFrom(name));
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** Makes a named pipe with the given permissions, less the umask. */
  public static void makeFifo(String path, int mode) throws NativeException {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      checked((int) Seldom.MKFIFO.invokeExact(state, name, mode), state, "mkfifo " + path);
    } catch (NativeException e) {
      throw e;
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  static String errorText(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(256).getString(0);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }
}
