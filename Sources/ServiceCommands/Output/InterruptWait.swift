import WavprepCommands

extension Interrupt {
  /// Returns when the user wants to stop, or the task is cancelled.
  func wait() async {
    while !isRaised {
      do { try await Task.sleep(for: .milliseconds(30)) } catch { return }
    }
  }
}
