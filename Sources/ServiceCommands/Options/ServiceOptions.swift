import ArgumentParser
import SpeechKit
import WavprepCommands

/// Where the services stand and who asks.
struct ServiceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Recognition (or WAVPREP_ENDPOINT).", valueName: "url"))
  var endpoint: String?

  @Option(help: ArgumentHelp("State of operations (or WAVPREP_OPERATION_ENDPOINT).", valueName: "url"))
  var operationEndpoint: String?

  @Option(help: ArgumentHelp("Object Storage (or WAVPREP_STORAGE_ENDPOINT).", valueName: "url"))
  var storageEndpoint: String?

  @Option(help: ArgumentHelp("IAM tokens (or WAVPREP_IAM_ENDPOINT).", valueName: "url"))
  var iamEndpoint: String?

  @Option(help: ArgumentHelp("Object Storage's region (or WAVPREP_REGION; default: ru-central1).", valueName: "name"))
  var region: String?

  @Option(
    help: ArgumentHelp(
      "Trust these certificate authorities instead of the system's (or WAVPREP_CA_FILE).", valueName: "file"),
    completion: .file())
  var caFile: String?

  @Option(
    help: ArgumentHelp(
      "Authorized key of a service account, as JSON (or YC_SERVICE_ACCOUNT_KEY_FILE).", valueName: "file"),
    completion: .file())
  var serviceAccountKey: String?

  @Flag(help: "Use the service account of the virtual machine this runs on.")
  var metadataCredentials = false

  func validate() throws {
    if serviceAccountKey != nil && metadataCredentials {
      throw ValidationError("--service-account-key and --metadata-credentials exclude each other")
    }
  }

  /// The endpoints, with those of the environment and the defaults for what is not given.
  func endpoints(_ environment: [String: String]) throws(EndpointError) -> Endpoints {
    var endpoints = Endpoints.standard
    func pick(_ option: String?, _ variable: String, _ place: inout Endpoint) throws(EndpointError) {
      if let text = option ?? environment.set(variable) { place = try Endpoint(text) }
    }
    try pick(endpoint, "WAVPREP_ENDPOINT", &endpoints.speech)
    try pick(operationEndpoint, "WAVPREP_OPERATION_ENDPOINT", &endpoints.operation)
    try pick(storageEndpoint, "WAVPREP_STORAGE_ENDPOINT", &endpoints.storage)
    try pick(iamEndpoint, "WAVPREP_IAM_ENDPOINT", &endpoints.iam)
    return endpoints
  }

  /// A connection; ends the program with code 2 where credentials are missing or wrong.
  func connection(_ environment: [String: String], _ console: Console) throws -> Connection {
    do {
      let credentials = try CredentialSource.resolve(
        environment: environment, serviceAccountKeyFile: serviceAccountKey, usesMetadata: metadataCredentials)
      return Connection(
        endpoints: try endpoints(environment), credentials: credentials,
        authorityFile: caFile ?? environment.set("WAVPREP_CA_FILE"),
        region: environment.set("WAVPREP_REGION", over: region) ?? "ru-central1",
        userAgent: "wavprep/\(Wavprep.version)")
    } catch let error as EndpointError {
      console.error(error.description)
      throw ExitCode.validationFailure
    } catch {
      console.error("\(error)")
      throw ExitCode(ExitStatus.couldNotRun)
    }
  }
}

extension [String: String] {
  /// A variable's value; nil where it is missing or empty, and the option's value where that is given.
  func set(_ variable: String, over option: String? = nil) -> String? {
    if let option { return option }
    return self[variable].flatMap { $0.isEmpty ? nil : $0 }
  }
}
