package org.vipdrift.netio.node;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;

/**
 * The signals of this process.
 *
 * <p>Java has no public way to them but its shutdown hooks, which cannot tell one signal from
 * another. {@code sun.misc.Signal} does, and is reached by reflection, for no release of the
 * compiler lets it be named without a warning.
 */
final class ProcessSignals {
  private ProcessSignals() {}

  /**
   * Has something done at a signal, on a thread of the JVM's; also where whoever started this
   * process had the signal ignored, as {@code nohup} does, which the JVM would respect.
   *
   * @param name as {@code HUP}
   * @return false when the JVM keeps this signal for itself
   */
  static boolean handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Constructor<?> ofName = signal.getConstructor(String.class);
      Method handle = signal.getMethod("handle", signal, handler);
      Object proxy =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "handler of SIG" + name;
                  });
      Object named = ofName.newInstance(name);
      int number = (int) signal.getMethod("getNumber").invoke(named);
      if (Libc.disposition(number) == Constants.SIG_IGN) {
        Libc.setDisposition(number, Constants.SIG_DFL);
      }
      handle.invoke(null, named, proxy);
      return true;
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException) {
        return false;
      }
      throw new IllegalStateException(refused);
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
