import AudioPrep
import Jobs
import WavprepCommands

/// Tells people and scripts what happens to the jobs of a run.
struct JobWatch: Sendable {
  let console: Console
  let progress: JobProgress

  /// Tells of a step of a job.
  func observe(_ input: JobInput, _ event: JobEvent) {
    let path = input.path.printable
    switch event {
    case .found(let finding):
      let text = "\(path): \(finding.id.rawValue): \(finding.message.printable)"
      if finding.severity > .info { console.warning(text) } else { console.detail(text) }
    case .normalized(let report):
      progress.prepared()
      let done = report.changed ? report.steps.joined(separator: ", ") : "fits already"
      console.detail("\(path): normalized: \(done)")
      for finding in report.findings where finding.offset == nil && finding.severity > .info {
        console.warning("\(path): \(finding.id.rawValue): \(finding.message.printable)")
      }
    case .uploading(let uri):
      console.detail("\(path): uploading to \(uri)")
    case .submitted(let id):
      progress.submitted()
      console.detail("\(path): accepted as operation \(id.printable)")
    case .warning(let text):
      console.warning("\(path): \(text)")
    }
  }

  /// Tells how a job ended.
  func show(_ report: JobReport) {
    progress.finished()
    if console.isJSON {
      console.result(report.json.text)
      return
    }
    let path = report.path.printable
    if let error = report.error {
      let operation = report.operationID.map { " (operation \($0.printable))" } ?? ""
      console.error("\(path): \(report.state.rawValue)\(operation): \(error)")
    } else if !console.isQuiet {
      switch report.state {
      case .done: console.result("\(path) → \(report.transcripts.map(\.printable).joined(separator: ", "))")
      case .submitted, .failed, .unknown: console.result("\(path) → operation \(report.operationID ?? "")")
      }
    }
  }
}
