internal import Glibc

/// The processor cores this process may use.
public enum Cores {
  /// How many there are; at least 1.
  public static var count: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
