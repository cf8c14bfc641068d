import AudioPrep
import WavprepCommands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The sandbox as a process of its own, for one run: it ends when this value goes away, or this program does.
final class SandboxProcess: Sendable {
  /// The variables that point wavprep at it.
  let environment: [String: String]
  private let process: pid_t
  /// Its standard input and output: when it closes, the sandbox stops.
  private let lifeline: Int32

  /// Starts `wavprep-sandbox` on a free port and waits until it answers.
  init() throws(FileError) {
    let program = try SiblingProgram.sandbox.path()
    // One socket is both its standard input and its standard output.
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw FileError(program, "cannot start the sandbox", errno: errno)
    }
    defer { close(ends[1]) }
    lifeline = ends[0]
    process = try SandboxProcess.spawn(program, stream: ends[1])
    guard let environment = SandboxProcess.readEnvironment(lifeline) else {
      throw FileError(program, "cannot start the sandbox", "it ended at once", remedy: "run wavprep sandbox to see why")
    }
    self.environment = environment
  }

  deinit {
    close(lifeline)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  private static func spawn(_ program: String, stream: Int32) throws(FileError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stream, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, stream, STDOUT_FILENO)
    // In a group of its own, so that Ctrl-C reaches it through the lifeline only, after this program's last request.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var process: pid_t = 0
    let code = withArguments([program, "--port", "0", "--for-run"]) { arguments in
      posix_spawn(&process, program, &actions, &attributes, arguments, environ)
    }
    guard code == 0 else { throw FileError(program, "cannot start the sandbox", errno: code) }
    return process
  }

  /// Reads `NAME=VALUE` entries, each ended by NUL, up to an empty one.
  ///
  /// - Returns: nil when the process ended before.
  private static func readEnvironment(_ descriptor: Int32) -> [String: String]? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.suffix(2) != [0, 0] {
      let count = read(descriptor, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      guard count == 1 else { return nil }
      bytes.append(byte)
    }
    var environment: [String: String] = [:]
    for entry in bytes.split(separator: 0) {
      guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      let name = String(decoding: entry[..<equals], as: UTF8.self)
      environment[name] = String(decoding: entry[(equals + 1)...], as: UTF8.self)
    }
    return environment
  }
}
