import ArgumentParser
import AudioPrep
import Dispatch
import Synchronization

/// Normalizes many files at once, and one file on many threads: never more threads than wanted in all.
struct NormalizeBatch: Sendable {
  let normalizer: Normalizer
  /// The one file to write; nil where a folder takes them all.
  let outputFile: String?
  let outputFolder: String?
  let console: Console
  let progress: Progress

  /// How many files came out how.
  struct Tally: Sendable {
    var unusable = 0
    var unwritten = 0

    mutating func count(_ failure: NormalizeError?) {
      switch failure {
      case nil, .interrupted: break
      case .file: unwritten += 1
      case .unusable, .impossible: unusable += 1
      }
    }

    func exit(interrupted: Bool, unreadable: Int) throws {
      if interrupted { throw ExitCode(ExitStatus.interrupted) }
      if unusable > 0 { throw ExitCode(ExitStatus.someFailed) }
      if unwritten + unreadable > 0 { throw ExitCode(ExitStatus.couldNotRun) }
    }
  }

  /// Normalizes all files; one bad file never stops the rest.
  func run(_ files: [InputList.File], parallel: Int?, interrupt: Interrupt) -> Tally {
    let wanted = parallel ?? processorCount()
    let atOnce = max(1, min(wanted, files.count))
    var single = normalizer
    single.options.threads = max(1, wanted / atOnce)
    let one = single
    let outputs = files.map(outputPath)
    let twins = earlierTwins(of: outputs)
    let tally = Mutex(Tally())
    let next = Atomic(0)
    let flushes = FlushPool()
    DispatchQueue.concurrentPerform(iterations: atOnce) { _ in
      while !interrupt.isRaised {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < files.count else { return }
        let written = write(files[index], to: outputs[index], with: one, twin: twins[index].map { files[$0].path })
        flushes.submit {
          let failure = commit(written)
          progress.finishFile()
          tally.withLock { $0.count(failure) }
        }
      }
    }
    flushes.wait()
    syncFolders(of: outputs)
    return tally.withLock { $0 }
  }

  /// Writes one file, unless an earlier one of the batch, its `twin`, has the same output.
  private func write(
    _ file: InputList.File, to output: String, with normalizer: Normalizer, twin: String?
  ) -> Result<NormalizedFile, NormalizeError> {
    do throws(NormalizeError) {
      if let twin {
        throw .file(
          FileError(
            file.path, "cannot write \(output)", "that is the output of \(twin) too",
            remedy: "normalize them one by one with -o"))
      }
      if outputFolder != nil {
        do throws(FileError) { try makeFolders(above: output) } catch { throw .file(error) }
      }
      return .success(try normalizer.write(file.path, to: output))
    } catch {
      return .failure(error)
    }
  }

  /// Makes a file that was written durable, and tells what came of it.
  private func commit(_ written: Result<NormalizedFile, NormalizeError>) -> NormalizeError? {
    do throws(NormalizeError) {
      show(try written.get().commit(syncsFolder: false))
      return nil
    } catch {
      if case .interrupted = error { return error }
      console.error(error.description)
      return error
    }
  }

  /// Makes the names of all outputs durable.
  private func syncFolders(of outputs: [String]) {
    var synced: Set<String> = []
    for output in outputs where synced.insert(folder(of: output)).inserted { AtomicFile.syncFolder(of: output) }
  }

  private func outputPath(for file: InputList.File) -> String {
    guard let outputFolder else { return outputFile ?? file.relativePath }
    return outputFolder + "/" + wavName(of: file.relativePath)
  }

  private func show(_ report: NormalizeReport) {
    if console.isJSON {
      console.result(report.json.text)
      return
    }
    for finding in report.findings where finding.severity > .info {
      console.warning("\(report.input.printable): \(finding.id.rawValue): \(finding.message.printable)")
    }
    guard !console.isQuiet else { return }
    let done = report.changed ? report.steps.joined(separator: ", ") : "fits already, copied bit for bit"
    let clipped = report.clippedSamples > 0 ? ", \(report.clippedSamples) samples clipped" : ""
    console.result("\(report.input.printable) → \(report.output.printable): \(done)\(clipped)")
  }
}
