import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes what is in the jars of a folder so that the AOT cache keeps what it would leave out, and
 * starts have less to read:
 *
 * <ul>
 *   <li>Class files of before Java 6 get stack maps: picocli's, each of which a start would parse
 *       and verify.
 *   <li>Lambdas that could be serialised no longer can: Scala's and those for Pekko's interfaces,
 *       each of which a start would make a class for. Nothing here serialises one.
 *   <li>Libraries' {@code reference.conf} lose their comments, three quarters of them.
 * </ul>
 *
 * <p>Run by {@code mvn package} on the JDK that builds the project. Jars that need no change stay
 * as they are; the others bear a comment, so that a second run leaves them alone.
 */
final class QuickStart {
  private static final String COMMENT = "changed for a quick start";
  private static final int OLDEST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
  private static final ClassDesc LAMBDAS = ClassDesc.of(LambdaMetafactory.class.getName());
  private static final DirectMethodHandleDesc PLAIN =
      ConstantDescs.ofCallsiteBootstrap(
          LAMBDAS,
          "metafactory",
          ClassDesc.of(CallSite.class.getName()),
          ConstantDescs.CD_MethodType,
          ConstantDescs.CD_MethodHandle,
          ConstantDescs.CD_MethodType);

  private final ClassFile classFile;

  private QuickStart(ClassLoader jars) {
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
    for (Path jar : jars) {
      try (URLClassLoader loader = new URLClassLoader(places.toArray(URL[]::new))) {
        new QuickStart(loader).change(jar);
      }
    }
  }

  private void change(Path jar) throws IOException {
    Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
    boolean changed = false;
    try (JarFile file = new JarFile(jar.toFile())) {
      if (COMMENT.equals(file.getComment())) {
        return;
      }
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(fresh))) {
        out.setComment(COMMENT);
        for (JarEntry entry : file.stream().toList()) {
          byte[] bytes = file.getInputStream(entry).readAllBytes();
          byte[] written = changed(entry.getName(), bytes);
          changed |= written != bytes;
          JarEntry copy = new JarEntry(entry.getName());
          copy.setTime(entry.getTime());
          out.putNextEntry(copy);
          out.write(written);
        }
      }
    }
    if (changed) {
      Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(fresh);
    }
  }

  /** The same array if nothing is to be changed. */
  private byte[] changed(String name, byte[] bytes) {
    if (name.equals("reference.conf")) {
      return withoutComments(bytes);
    }
    return name.endsWith(".class") ? changedClass(bytes) : bytes;
  }

  private static byte[] withoutComments(byte[] configuration) {
    String text = new String(configuration, StandardCharsets.UTF_8);
    if (text.contains("\"\"\"")) {
      throw new IllegalStateException("a text of several lines may have lines like comments");
    }
    return text.lines()
        .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] changedClass(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    boolean old = model.majorVersion() < OLDEST_WITH_STACK_MAPS;
    if (!old && !hasOtherLambdas(model)) {
      return bytes;
    }
    ClassTransform code =
        ClassTransform.transformingMethodBodies(
            (builder, element) ->
                plain(element)
                    .ifPresentOrElse(builder::invokedynamic, () -> builder.with(element)));
    ClassTransform version =
        (builder, element) -> {
          if (old && element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    byte[] modern = classFile.transformClass(model, code.andThen(version));
    List<VerifyError> errors = classFile.verify(modern);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(model.thisClass().asInternalName(), errors.getFirst());
    }
    return modern;
  }

  private static boolean hasOtherLambdas(ClassModel model) {
    for (var entry : model.constantPool()) {
      if (entry instanceof InvokeDynamicEntry call
          && isOtherLambda(call.bootstrap().bootstrapMethod().asSymbol())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOtherLambda(ConstantDesc bootstrap) {
    return bootstrap instanceof DirectMethodHandleDesc method
        && method.owner().equals(LAMBDAS)
        && method.methodName().equals("altMetafactory");
  }

  /** What makes the same lambda, not to be serialised; empty for anything else. */
  private static Optional<DynamicCallSiteDesc> plain(CodeElement element) {
    if (!(element instanceof InvokeDynamicInstruction call)
        || !isOtherLambda(call.bootstrapMethod())
        || !serialisationIsAllThatIsOther(call)) {
      return Optional.empty();
    }
    List<ConstantDesc> arguments = call.bootstrapArgs();
    return Optional.of(
        DynamicCallSiteDesc.of(
            PLAIN,
            call.name().stringValue(),
            call.typeSymbol(),
            arguments.get(0),
            arguments.get(1),
            arguments.get(2)));
  }

  /**
   * The arguments of {@link LambdaMetafactory#altMetafactory} are three as of a plain lambda,
   * flags, and with them how many marker interfaces and which, how many bridges and which.
   */
  private static boolean serialisationIsAllThatIsOther(InvokeDynamicInstruction call) {
    List<ConstantDesc> arguments = call.bootstrapArgs();
    int flags = (int) arguments.get(3);
    if ((flags & LambdaMetafactory.FLAG_MARKERS) != 0) {
      return false;
    }
    if ((flags & LambdaMetafactory.FLAG_BRIDGES) == 0) {
      return true;
    }
    // scalac asks for a bridge from the types it knows, which callers of a function cannot name.
    String made = call.typeSymbol().returnType().displayName();
    boolean function =
        call.typeSymbol().returnType().packageName().equals("scala")
            && made.matches("Function[0-9]+");
    return function
        || arguments.subList(5, arguments.size()).stream().allMatch(arguments.get(0)::equals);
  }
}
