package dev.trainyard.process;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a child may see of the service's environment: what is named here, and by the operator. All
 * else is not for it, and may be a credential.
 */
final class ChildEnvironment {

  private static final Pattern INHERITED =
      Pattern.compile(
          "PATH|LANG|LC_.*|TZ|SYSTEMROOT|LD_LIBRARY_PATH|(TF|OMP|KMP|CUDA|XLA|TPU|MALLOC)_.*",
          Pattern.CASE_INSENSITIVE); // Windows writes Path and SystemRoot

  /**
   * TF_ is TensorFlow's, but TF_VAR_password, TF_TOKEN_host and TF_CLI_CONFIG_FILE are Terraform's.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          "TF_(VAR|CLI)_.*|.*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|KEY).*",
          Pattern.CASE_INSENSITIVE);

  private static final List<String> TEMPORARY = List.of("TMPDIR", "TEMP", "TMP");

  private ChildEnvironment() {}

  /**
   * @param environment of the service; becomes the child's
   * @param further names of the operator's
   */
  static void reduce(Map<String, String> environment, List<String> further) {
    String home = environment.get("HOME");
    environment
        .keySet()
        .removeIf(name -> !isInherited(name) && further.stream().noneMatch(name::equals));
    if (home != null) { // where CUDA looks for it by itself; to compile all anew takes minutes
      environment.putIfAbsent("CUDA_CACHE_PATH", home + "/.nv/ComputeCache");
    }
  }

  /**
   * Gives the child a folder for what it writes aside. It is its home as well: below a home
   * TensorFlow looks for credentials of clouds.
   */
  static void own(Map<String, String> environment, String folder) {
    TEMPORARY.forEach(name -> environment.put(name, folder));
    environment.putIfAbsent("HOME", folder);
  }

  private static boolean isInherited(String name) {
    return INHERITED.matcher(name).matches() && !SECRET.matcher(name).matches();
  }
}
