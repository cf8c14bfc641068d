import ArgumentParser
import AudioPrep

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program in the same folder as this one, which does a part of the work.
///
/// Each part loads what it needs and no more: `wavprep check` never pays for the service's messages, nor for a server.
package enum SiblingProgram: String, Sendable {
  /// The commands that talk to the service.
  case service = "wavprep-service"
  /// The local stand-in for the service.
  case sandbox = "wavprep-sandbox"

  /// Where the program is.
  package func path() throws(FileError) -> String {
    guard let resolved = realpath("/proc/self/exe", nil) else {
      throw FileError("/proc/self/exe", "cannot find this program", errno: errno)
    }
    let own = String(cString: resolved)
    free(resolved)
    let path = folder(of: own) + "/" + rawValue
    guard access(path, X_OK) == 0 else {
      let reason = String(cString: strerror(errno))
      throw FileError(path, "cannot start it", reason, remedy: "install it beside \(own.printable)")
    }
    return path
  }

  /// Replaces this program, which keeps its streams, folder and variables; ends it with code 2 where that fails.
  func become(_ arguments: [String]) throws -> Never {
    let console = try OutputOptions.parse([]).console
    let program = try console.orExit { () throws(FileError) in try path() }
    _ = withArguments([program] + arguments) { execv(program, $0) }
    console.error(FileError(program, "cannot start it", errno: errno).description)
    throw ExitCode(ExitStatus.couldNotRun)
  }
}

/// Calls `body` with `arguments` as C's null-terminated vector of strings, which is valid for that call.
package func withArguments<Value>(
  _ arguments: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
  var vector: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
  defer {
    for argument in vector { free(argument) }
  }
  return body(&vector)
}
