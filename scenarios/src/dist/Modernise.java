import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Gives the class files of before Java 6 that are among the jars of a folder the stack maps of Java
 * 8's: the AOT cache keeps no class without, and a start would read picocli's one by one, which is
 * a tenth of it.
 *
 * <p>Run by {@code mvn package} on the JDK that builds the project. Jars without such class files
 * stay as they are.
 */
final class Modernise {
  private static final int OLDEST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private final ClassFile classFile;

  private Modernise(ClassLoader jars) {
    ClassHierarchyResolver known =
        ClassHierarchyResolver.ofResourceParsing(jars)
            .orElse(ClassHierarchyResolver.defaultResolver());
    this.classFile =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(known));
  }

  /** The argument: the folder of the jars. */
  public static void main(String[] arguments) throws Exception {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    List<URL> places = new ArrayList<>();
    for (Path jar : jars) {
      places.add(jar.toUri().toURL());
    }
    List<Path> old = new ArrayList<>();
    for (Path jar : jars) {
      if (hasOldClasses(jar)) {
        old.add(jar);
      }
    }
    for (Path jar : old) {
      Path modern = jar.resolveSibling(jar.getFileName() + ".modern");
      try (URLClassLoader loader = new URLClassLoader(places.toArray(URL[]::new))) {
        new Modernise(loader).write(jar, modern);
      }
      Files.move(modern, jar, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean hasOldClasses(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        if (isOld(entry.getName(), file.getInputStream(entry).readNBytes(8))) {
          return true;
        }
      }
      return false;
    }
  }

  /** A class file's bytes 6 and 7 are its version (JVMS 4.1). */
  private static boolean isOld(String name, byte[] bytes) {
    return name.endsWith(".class") && (bytes[6] << 8 | bytes[7] & 0xff) < OLDEST_WITH_STACK_MAPS;
  }

  private void write(Path jar, Path modern) throws IOException {
    try (JarFile file = new JarFile(jar.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(modern))) {
      for (JarEntry entry : file.stream().toList()) {
        byte[] bytes = file.getInputStream(entry).readAllBytes();
        JarEntry written = new JarEntry(entry.getName());
        written.setTime(entry.getTime());
        out.putNextEntry(written);
        out.write(isOld(entry.getName(), bytes) ? modern(entry.getName(), bytes) : bytes);
      }
    }
  }

  private byte[] modern(String name, byte[] bytes) {
    ClassModel old = classFile.parse(bytes);
    ClassTransform sameCode =
        ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
    byte[] modern =
        classFile.transformClass(
            old,
            sameCode.andThen(
                (builder, element) -> {
                  if (element instanceof ClassFileVersion) {
                    builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                  } else {
                    builder.with(element);
                  }
                }));
    List<VerifyError> errors = classFile.verify(modern);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(name + " would not load", errors.getFirst());
    }
    return modern;
  }
}
